// Answers of walks wait here until the server has them: words in localStorage, which is written at
// once, photos in IndexedDB. What a closed page left is sent when a page of walks is opened again.
// Each step has a key of its own, so that what is sent twice is one step.

import { heldPhoto, holdPhoto, releasePhoto } from "./walkphotos.js";

const EVERY = 3000;
const PATIENCE = 60000;
const AWAY = new Set([0, 408, 429, 500, 502, 503, 504]);
const NOT_ANSWERS = new Set(["stage", "touchpoint", "finished"]);

const output = document.getElementById("walk-state");
const board = output?.dataset.board;
const prefix = `walk:${document.body.dataset.user ?? ""}:${board}:`;
const state = { connected: navigator.onLine, sending: false, problem: "", said: "", full: false };
const unwritten = new Map(); // what the browser would not keep

// --- What waits --------------------------------------------------------------------------------
export function entryOf(id) {
  if (unwritten.has(prefix + id)) return unwritten.get(prefix + id);
  try {
    return JSON.parse(localStorage.getItem(prefix + id));
  } catch {
    return null;
  }
}

function write(id, entry) {
  try {
    localStorage.setItem(prefix + id, JSON.stringify(entry));
    unwritten.delete(prefix + id);
  } catch {
    unwritten.set(prefix + id, entry);
    state.full = true;
  }
}

function forget(id) {
  localStorage.removeItem(prefix + id);
  unwritten.delete(prefix + id);
}

/** Ids of what waits, the longest waiting first; the end of a walk comes after its answers. */
export function waitingIds() {
  const keys = [...Object.keys(localStorage).filter((key) => key.startsWith(prefix)), ...unwritten.keys()];
  const ids = [...new Set(keys)].map((key) => key.slice(prefix.length));
  const order = (id) => [Number(id.endsWith(":end")), entryOf(id)?.since ?? 0];
  return ids.sort((one, two) => order(one)[0] - order(two)[0] || order(one)[1] - order(two)[1]);
}

function countOf(entry) {
  const said = Object.keys(entry?.fields ?? {}).filter((name) => !NOT_ANSWERS.has(name));
  return said.length + (entry?.photo ? 1 : 0);
}

const counted = () => waitingIds().reduce((sum, id) => sum + countOf(entryOf(id)), 0);

/** A name that nothing else has. */
const unlike = () => [...crypto.getRandomValues(new Uint32Array(4))].join("-");

/** Keep answers, by name, for the step of this id; they go to `url`. */
export function keep(id, url, fields, more = {}) {
  const before = entryOf(id);
  const entry = { since: Date.now(), ...before, ...more, url, refused: "" };
  entry.fields = { ...before?.fields, ...fields };
  entry.revision = unlike();
  write(id, entry);
  tell();
}

export async function keepPhoto(id, url, blob, fields) {
  state.full ||= !(await holdPhoto(prefix + id, blob));
  const entry = entryOf(id);
  if (entry) {
    delete entry.fields.photo_gone;
    write(id, entry);
  }
  keep(id, url, fields, { photo: unlike() });
}

export const photoOf = (id) => heldPhoto(prefix + id);

export async function dropPhoto(id) {
  const entry = entryOf(id);
  if (entry?.photo) write(id, { ...entry, photo: "" });
  await releasePhoto(prefix + id);
}

// --- On its way --------------------------------------------------------------------------------
async function bodyOf(id, entry) {
  const body = new FormData();
  body.set("key", id.slice(id.indexOf(":") + 1));
  for (const [name, value] of Object.entries(entry.fields)) body.set(name, value);
  const photo = entry.photo && (await heldPhoto(prefix + id));
  if (photo) body.set("photo", photo, "photo.jpg");
  return body;
}

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers:inherited"))["X-CSRFToken"];
}

async function post(id, entry) {
  const response = await fetch(entry.url, {
    method: "POST",
    body: await bodyOf(id, entry),
    headers: { "X-CSRFToken": token(), "HX-Request": "true", "Idempotency-Key": entry.revision },
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (response.type !== "opaqueredirect" && AWAY.has(response.status)) throw new TypeError("away");
  return response;
}

/** What was not said anew meanwhile has arrived. */
async function arrived(id, sent) {
  const now = entryOf(id);
  const samePhoto = sent.photo && now?.photo === sent.photo;
  if (!now || now.revision === sent.revision) forget(id);
  else {
    const left = Object.entries(now.fields).filter(([name, value]) => NOT_ANSWERS.has(name) || sent.fields[name] !== value);
    write(id, { ...now, fields: Object.fromEntries(left), photo: samePhoto ? "" : now.photo });
  }
  if (samePhoto) await releasePhoto(prefix + id);
}

async function answered(id, sent, response) {
  if (response.ok) return arrived(id, sent);
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
    state.problem = "signedOut";
    return false;
  }
  const said = response.headers.get("Content-Type")?.startsWith("text/plain") ? await response.text() : "";
  state.problem = response.status === 404 ? "gone" : "refused";
  state.said = said;
  const now = entryOf(id);
  if (now?.revision === sent.revision) write(id, { ...now, refused: state.problem });
  return true;
}

async function sendAll() {
  for (const id of waitingIds()) {
    const entry = entryOf(id);
    if (!entry || entry.refused) continue;
    const response = await post(id, entry);
    state.connected = true;
    if ((await answered(id, entry, response)) === false) return;
    tell();
  }
}

let asked = false;

/** Send what waits, one after the other; asked meanwhile, once more. */
export async function send() {
  asked = true;
  if (state.sending) return;
  state.sending = true;
  try {
    while (asked) {
      asked = false;
      state.problem = "";
      tell();
      await (navigator.locks ? navigator.locks.request(prefix, sendAll) : sendAll());
    }
  } catch {
    state.connected = false; // tried again below
  } finally {
    state.sending = false;
    tell();
  }
}

// --- Told ----------------------------------------------------------------------------------------
function words(count) {
  const { sent, sending, one, many, offline, signedOut, gone, refused, full } = output.dataset;
  if (!waitingIds().length) return sent;
  // Where a touchpoint belongs, or the end of the walk, waits without an answer.
  if (!count) return state.connected ? sending : offline;
  const waits = count === 1 ? one : many.replace("%n", count);
  const reason = { signedOut, gone, refused: `${refused} ${state.said}` }[state.problem];
  if (reason) return `${reason} ${waits}`;
  if (!state.connected) return `${offline} ${waits}${state.full ? ` ${full}` : ""}`;
  return state.sending ? sending : waits;
}

function tell() {
  if (!output) return;
  const count = counted();
  const left = waitingIds().length;
  const kind = !left ? "sent" : state.problem ? "refused" : state.connected ? "waits" : "offline";
  const said = words(count);
  if (left) output.hidden = false;
  if (output.dataset.state !== kind) output.dataset.state = kind;
  const text = output.querySelector("span");
  if (text.textContent !== said) text.textContent = said;
}

addEventListener("online", send);
addEventListener("offline", () => {
  state.connected = false;
  tell();
});
addEventListener("beforeunload", (event) => {
  if (unwritten.size) event.preventDefault();
});
setInterval(() => {
  const left = waitingIds().some((id) => !entryOf(id)?.refused);
  if (left && !state.sending && !state.problem) send();
}, EVERY);

if (output) {
  // Said once more: what was refused before may be taken now.
  for (const id of waitingIds()) {
    const entry = entryOf(id);
    if (entry?.refused) write(id, { ...entry, refused: "" });
  }
  send();
}
