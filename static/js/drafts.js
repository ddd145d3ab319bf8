// Words in an open form are kept in the browser until they are saved or given up, and offered
// again when the page was closed over them.

import { openPanel } from "./panel.js";

const FORMS = "[data-editing], [data-kept], .comment-form, dialog form[hx-post]";
const TYPED = "textarea, input:not([type]), input:is([type=text], [type=url], [type=email])";
const NOT_KEPT = new Set(["csrfmiddlewaretoken"]);
const KEPT_FOR = 30 * 24 * 3600 * 1000;

const boardElement = document.getElementById("board");
const prefix = `draft:${document.body.dataset.user ?? ""}:${boardElement?.dataset.board}:`;
const tab = String(crypto.getRandomValues(new Uint32Array(2)));
const offers = document.getElementById("drafts");

// A lock that lives as long as this page: what is being written in an open page is not offered.
navigator.locks?.request(`page-${tab}`, () => new Promise(() => {}));

function addressOf(form) {
  return form.getAttribute("hx-post");
}

function keyOf(form) {
  const about = ["type", "id", "parent"].map((name) => form.querySelector(`[type=hidden][name=${name}]`)?.value ?? "");
  return prefix + addressOf(form) + (about.join("") ? `#${about}` : "");
}

function valuesOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");
}

/** What somebody typed, as it stands on the page: no choices, and a mention as the name. */
function wordsIn(form) {
  const typed = [...form.elements].filter((field) => field.name && field.matches(TYPED));
  return typed.map(({ value }) => value).filter((value) => value.trim().length > 1 && !/^\d+$/.test(value));
}

function keep(form) {
  const [values, words] = [valuesOf(form), wordsIn(form)];
  try {
    if (words.length) {
      const draft = { address: addressOf(form), values, words, at: Date.now(), tab };
      localStorage.setItem(keyOf(form), JSON.stringify(draft));
    } else localStorage.removeItem(keyOf(form));
  } catch {
    // A full store: the words still stand in the form.
  }
}

function forget(form) {
  localStorage.removeItem(keyOf(form));
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.(FORMS);
  if (form) keep(form);
});

document.addEventListener("given-up", ({ target }) => forget(target));

document.addEventListener(
  "close",
  ({ target }) => {
    for (const form of target.querySelectorAll?.(FORMS) ?? []) forget(form);
  },
  true,
);

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (form?.matches?.(FORMS) && ctx.request.method === "POST" && ctx.response.status < 300) forget(form);
});

// Refused, and the place where it was written has gone meanwhile: the words are shown at once.
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (!form?.matches?.(FORMS) || ctx.request.method !== "POST" || form.isConnected) return;
  const draft = read(keyOf(form));
  if (draft && !(ctx.response?.status < 300)) offer(keyOf(form), draft);
});

// --- Offered again -----------------------------------------------------------------------------
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

async function openTabs() {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.map(({ name }) => name));
}

async function offerAll() {
  const open = await openTabs();
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > KEPT_FOR) localStorage.removeItem(key);
    else if (draft.tab !== tab && !open.has(`page-${draft.tab}`)) offer(key, draft);
  }
}

function offer(key, draft) {
  if ([...offers.children].some((each) => each.dataset.key === key)) return;
  const box = document.getElementById("draft-offer").content.firstElementChild.cloneNode(true);
  box.dataset.key = key;
  box.querySelector("textarea").value = (draft.words ?? []).join("\n");
  const time = box.querySelector("time");
  time.dateTime = new Date(draft.at).toISOString();
  time.textContent = new Date(draft.at).toLocaleString(document.documentElement.lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const back = box.querySelector("[data-put-back]");
  back.hidden = !openerOf(draft);
  back.addEventListener("click", () => putBack(box, key, draft));
  box.querySelector("[data-throw-away]").addEventListener("click", () => {
    localStorage.removeItem(key);
    box.remove();
  });
  offers.append(box);
}

/** What opens the form again: the button with the form's own address, or the panel of comments. */
function openerOf({ address, values }) {
  const button = document.querySelector(`#main [hx-get="${CSS.escape(address)}"]`);
  if (button) return () => button.click();
  const { comments } = document.getElementById("attention")?.dataset ?? {};
  const { type, id, parent } = Object.fromEntries(values);
  if (!comments || !type || !address.startsWith(comments)) return null;
  return async () => {
    await openPanel(`${comments}?type=${type}&id=${id}`);
    if (parent) document.querySelector(`#panel [hx-get$="parent=${parent}"]`)?.click();
  };
}

async function putBack(box, key, draft) {
  openerOf(draft)?.();
  const form = await opened(key);
  if (!form) return;
  fill(form, draft.values);
  form.dispatchEvent(new CustomEvent("put-back", { bubbles: true }));
  keep(form);
  box.remove();
}

function opened(key) {
  const find = () => [...document.querySelectorAll("form[hx-post]")].find((form) => keyOf(form) === key);
  return new Promise((resolve) => {
    const look = () => {
      if (!find()) return;
      document.removeEventListener("htmx:after:swap", look);
      resolve(find());
    };
    document.addEventListener("htmx:after:swap", look);
    setTimeout(() => resolve(find()), 8000);
    look();
  });
}

function fill(form, values) {
  const said = Map.groupBy(values, ([name]) => name);
  for (const field of form.elements) {
    if (!field.name || NOT_KEPT.has(field.name)) continue;
    const texts = (said.get(field.name) ?? []).map(([, value]) => value);
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = texts.includes(field.value);
    else if (texts.length) field.value = texts[0];
  }
  form.querySelector("textarea, input:not([type=hidden])")?.focus();
}

if (boardElement && offers) offerAll();
