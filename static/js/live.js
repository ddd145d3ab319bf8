/**
 * Keeps the page in step with its board. htmx holds the stream and swaps its pieces; this
 * module knows how far the page is, asks again by itself where the stream is blocked, says
 * whether all is saved, and lets glow what others have changed.
 *
 * <div id="board" data-board="12" data-version="345" hx-sse:connect="/live/12/?since=345">
 */
const POLL_EVERY = 4000;
const SILENCE = 40000; // the server says something every 15 s
const FIRST_WORD = 8000;
const CONNECT_AGAIN = 15000;
const FAILURES_BEFORE_POLLING = 2;
const RELOAD_AT_MOST_EVERY = 60000; // unless the last time brought a newer version
const GLOW = 1800;
const LARGEST_GLOW = 0.5; // of the window: what fills more of it is no detail to point at

// Before htmx opens the stream: give up sooner on a server that hangs, come back sooner.
htmx.config.sse = { connectTimeout: 10000, reconnectMaxDelay: CONNECT_AGAIN };

class Board {
  constructor(element) {
    this.element = element;
    this.id = element.dataset.board;
    this.loaded = element.dataset.version;
    this.view = element.dataset.view; // a page of another kind asks for its own pieces
    this.version = Number(this.loaded); // all changes up to here are on the page
    this.own = new Set(); // versions that were made here
    this.failures = 0;
    this.connecting = false;
    this.lastWord = 0;
    this.polling = null;
    this.asking = false;
    this.askAgain = false;
    this.reloading = false;
  }

  // --- How far the page is ---------------------------------------------------------------
  /** Pieces as of `version` are on the page; older ones than it had are mended at once. */
  reached(version) {
    if (!version || version === this.version) return;
    const overtaken = version < this.version;
    this.version = version;
    this.element.dataset.version = version;
    if (overtaken) this.catchUp();
  }

  /** The answer to an edit of our own: newer than the page, or overtaken on its way here. */
  answered(version) {
    this.own.add(version);
    if (version <= this.version + 1) this.reached(version);
  }

  /** A piece that the page asked for is as of `version`: what came meanwhile is asked for again. */
  showed(version) {
    if (version < this.version) this.reached(version);
  }

  isOwn(version) {
    if (saving.size) return true;
    for (let each = this.version + 1; each <= version; each++) {
      if (!this.own.has(each)) return false;
    }
    return true;
  }

  // --- Without the stream ------------------------------------------------------------------
  async catchUp() {
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    this.askAgain = false;
    try {
      const response = await fetch(`/boards/${this.id}/changes/?since=${this.version}`, {
        headers: { "HX-Request": "true", ...(this.view && { "Board-View": this.view }) },
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        signal: AbortSignal.timeout(10000),
      });
      await this.take(response);
      connection.show(response.status < 500);
    } catch {
      connection.show(false);
    } finally {
      this.asking = false;
    }
    if (this.askAgain) this.catchUp();
  }

  async take(response) {
    if (response.status === 205 || lostAccess(response.status)) return this.reload();
    if (response.status !== 200) return;
    const version = Number(response.headers.get("Board-Version"));
    await this.apply(await response.text(), version);
  }

  async apply(text, version) {
    const others = !this.isOwn(version);
    await htmx.swap({
      sourceElement: this.element,
      target: this.element,
      swap: "none",
      text,
      request: {},
      response: {},
      hx: {},
      others,
    });
    this.reached(version);
  }

  poll() {
    if (this.polling || this.reloading) return;
    const again = () => {
      if (!document.hidden) this.catchUp();
    };
    again();
    this.polling = setInterval(again, POLL_EVERY);
  }

  stopPolling() {
    clearInterval(this.polling);
    this.polling = null;
  }

  // --- The stream ----------------------------------------------------------------------------
  opened() {
    this.lastWord = Date.now();
    setTimeout(() => this.watch(FIRST_WORD), FIRST_WORD + 500);
  }

  heard() {
    this.lastWord = Date.now();
    this.failures = 0;
    this.stopPolling();
    connection.show(true);
  }

  failed(status) {
    this.failures += 1;
    if (lostAccess(status) || this.failures >= FAILURES_BEFORE_POLLING) this.poll();
  }

  /** A stream that is open but silent is held back by something on the way. */
  watch(patience = SILENCE) {
    if (document.hidden || Date.now() - this.lastWord < patience) return;
    this.poll();
  }

  /** htmx comes back by itself only to a stream that was open once. */
  connect() {
    if (this.reloading || this.connecting || document.hidden || this.element._htmx?.sse) return;
    const view = this.view ? `&view=${this.view}` : "";
    const address = `/live/${this.id}/?since=${this.version}${view}`;
    htmx.ajax("GET", address, { source: this.element }).catch(() => {});
  }

  // --- Anew ----------------------------------------------------------------------------------
  /** Load the page again, once, and not under somebody's hands. */
  reload() {
    if (this.reloading) return;
    const key = `reloaded-board-${this.id}`;
    const [version, at] = (sessionStorage.getItem(key) ?? "").split(" ");
    if (version === this.loaded && Date.now() - Number(at) < RELOAD_AT_MOST_EVERY) return;
    this.reloading = true;
    this.stopPolling();
    const go = () => {
      if (document.querySelector("[data-editing], [hx-morph-skip]")) return;
      sessionStorage.setItem(key, `${this.loaded} ${Date.now()}`);
      location.reload();
    };
    go();
    document.addEventListener("htmx:after:swap", () => setTimeout(go));
  }
}

function lostAccess(status) {
  return status === 401 || status === 403 || status === 404;
}

// --- Whether all is saved ----------------------------------------------------------------------
const saving = new Set();
const connection = {
  online: navigator.onLine,
  saveFailed: false,
  waiting: 0,
  show(online = this.online) {
    this.online = online;
    const output = document.getElementById("saved-state");
    if (!output) return;
    this.saveFailed &&= document.querySelector("[data-editing]") !== null;
    const state = !online || this.saveFailed || this.waiting ? "offline" : saving.size ? "saving" : "saved";
    if (output.dataset.state === state) return;
    output.dataset.state = state;
    (output.querySelector("span") ?? output).textContent = output.dataset[state];
  },
};

function follow(board) {
  const { element } = board;
  const isStream = (ctx) => ctx?.sourceElement === element && ctx.request.action.startsWith("/live/");

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (isStream(ctx)) board.connecting = true;
    if (ctx.request.method === "GET") return;
    saving.add(ctx);
    connection.show();
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (isStream(ctx)) board.connecting = false;
    if (!saving.delete(ctx)) return;
    connection.saveFailed = !ctx.response;
    connection.show();
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (!ctx || ctx.response) return;
    if (isStream(ctx)) board.failed();
  });
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    if (isStream(ctx)) board.failed(ctx.response.status);
  });

  // The answers to our own edits, and pieces that were asked for
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    const version = Number(ctx.response?.headers?.get?.("Board-Version"));
    if (!version) return;
    if (ctx.request?.method === "GET") board.showed(version);
    else board.answered(version);
  });

  // The stream
  element.addEventListener("htmx:sse:after:connection", () => board.opened());
  element.addEventListener("htmx:sse:error", ({ detail }) => board.failed(detail.status));
  element.addEventListener("htmx:sse:before:message", ({ detail: { message } }) => {
    board.heard();
    board.othersComing = !board.isOwn(Number(message.id));
  });
  element.addEventListener("htmx:sse:after:message", ({ detail: { message } }) => {
    board.othersComing = false;
    if (!message.event) board.reached(Number(message.id));
  });
  element.addEventListener("reload", () => board.reload());
  setInterval(() => {
    board.watch();
    board.connect();
  }, CONNECT_AGAIN / 3);

  // What others have changed
  element.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
    if (ctx.others ?? board.othersComing) tasks.forEach(remember);
  });
  document.addEventListener("htmx:after:settle", ({ target, detail: { task } }) => {
    if ("before" in task && target.isConnected) glowIfChanged(target, task.before);
  });

  document.addEventListener("outbox", ({ detail }) => {
    connection.waiting = detail;
    connection.show();
  });

  addEventListener("online", () => board.catchUp());
  addEventListener("offline", () => connection.show(false));
  document.addEventListener("visibilitychange", () => {
    board.lastWord = Date.now();
    if (!document.hidden && board.polling) board.catchUp();
  });
}

function remember(task) {
  if (task.type !== "partial" || !task.target || task.target.id === "presence") return;
  task.before = task.target.textContent;
}

function glowIfChanged(element, before) {
  if (element.textContent === before) return;
  const { width, height } = element.getBoundingClientRect();
  if (width * height > innerWidth * innerHeight * LARGEST_GLOW) return;
  element.classList.add("glow");
  setTimeout(() => element.classList.remove("glow"), GLOW);
}

const element = document.getElementById("board");
if (element) follow(new Board(element));
