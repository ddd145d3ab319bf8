// What cannot reach the server waits here and goes out once the way is free again. Each write
// carries a key, so that one whose answer was lost is not done twice.

const EVERY = 3000;
const PATIENCE = 60000;
const AWAY = new Set([502, 503, 504]); // said by what stands before a server that restarts

const waiting = new Map(); // each request with the promise of its answer

function pause(signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, EVERY);
    addEventListener("online", done);
    signal?.addEventListener("abort", done);
  });
}

function tell() {
  document.dispatchEvent(new CustomEvent("outbox", { detail: waiting.size }));
}

/** What the form says now: somebody may have written on while it waited. */
function fresh(ctx) {
  const form = ctx.sourceElement;
  if (!form.matches?.("form") || !form.isConnected || !(ctx.request.body instanceof URLSearchParams)) return;
  const said = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(ctx.values ?? {})) said.set(name, value);
  ctx.request.body = said;
}

async function attempt(action, request) {
  const signals = [AbortSignal.timeout(PATIENCE), ...(request.signal ? [request.signal] : [])];
  const response = await fetch(action, { ...request, signal: AbortSignal.any(signals) });
  if (AWAY.has(response.status)) throw new TypeError("away");
  return response;
}

/** What waits already goes first, in its order. */
async function send(ctx, action, request) {
  await Promise.all([...waiting.values()]);
  try {
    return await attempt(action, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
  }
  const answer = tryAgain(ctx, action, request);
  waiting.set(ctx, answer.catch(() => {}));
  tell();
  return answer.finally(() => {
    waiting.delete(ctx);
    tell();
  });
}

async function tryAgain(ctx, action, request) {
  for (;;) {
    await pause(request.signal);
    if (request.signal?.aborted) throw new DOMException("given up", "AbortError");
    fresh(ctx);
    try {
      return await attempt(action, { ...request, body: ctx.request.body });
    } catch (error) {
      if (request.signal?.aborted) throw error;
    }
  }
}

function key() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
}

/** htmx keeps one more request of an element, no third one: every act gets an element of its own. */
function ownSource(ctx) {
  const source = document.createElement("div");
  source.hidden = true;
  ctx.sourceElement.append(source);
  ctx.sourceElement = source;
  return source;
}

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const board = document.getElementById("board");
  if (ctx.request.method !== "POST" || !board) return;
  if (!ctx.request.body.has("idempotency_key")) ctx.request.headers["Idempotency-Key"] = key();
  ctx.request.timeout = "0s";
  const source = ctx.sourceElement === board ? ownSource(ctx) : null;
  ctx.fetch = (action, request) => send(ctx, action, request).finally(() => setTimeout(() => source?.remove(), EVERY));
});

addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});
