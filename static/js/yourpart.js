// "Your part" is drawn for one person alone. The shared page holds a stamp; when that changes, the
// part is asked for anew and morphed, so that what is being typed stays.

import { showRescued } from "./inplace.js";

const AGAIN = 3000;
const part = () => document.getElementById("mine");
const stampNow = () => document.getElementById("mine-stamp")?.dataset.stamp;
let seen = stampNow();
let asking = false;

async function follow() {
  const stamp = stampNow();
  if (!part() || asking || !stamp || stamp === seen) return;
  asking = true;
  try {
    seen = stamp;
    if (part().dataset.stamp !== stamp) await ask();
  } catch {
    seen = null;
    setTimeout(follow, AGAIN);
  } finally {
    asking = false;
  }
  if (seen) follow();
}

async function ask() {
  const response = await fetch(part().dataset.address, { headers: { "HX-Request": "true" }, cache: "no-store", redirect: "error" });
  if (!response.ok) throw new Error(response.status);
  const text = await response.text();
  await htmx.swap({ sourceElement: part(), target: part(), swap: "outerMorph", text, request: {}, response: {}, hx: {} });
}

// A form with words that nobody has saved yet is left alone.
function isWrittenIn(form) {
  return [...form.querySelectorAll("textarea, input[type=text]")].some((field) => field.value.trim() !== field.defaultValue.trim());
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("#mine form");
  form?.toggleAttribute("hx-morph-skip", isWrittenIn(form));
});

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (!form?.matches?.("#mine form") || !(ctx.response?.status < 300)) return;
  if ("emptied" in form.dataset) empty(form);
  form.removeAttribute("hx-morph-skip");
});

/** Ready for the next note, about the same place. */
function empty(form) {
  const chosen = [...form.querySelectorAll("select")].map((select) => [select, select.value]);
  form.reset();
  for (const [select, value] of chosen) select.value = value;
}

// Sent twice, done once: the second answer is empty.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement?.matches?.("#mine *") && ctx.response?.status === 204) ask().catch(() => {});
});

// Who leads has it folded up; it stays as they left it.
const folded = () => document.getElementById("mine-folded");
let unfolded = false;
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("#mine-folded > summary")) unfolded = !folded().open;
});

let written = [];
document.addEventListener("htmx:before:swap", () => {
  written = [...document.querySelectorAll("#mine form[hx-morph-skip]")];
});

document.addEventListener("htmx:after:swap", () => {
  for (const form of written) if (!form.isConnected && isWrittenIn(form)) showRescued(form);
  written = [];
  folded()?.toggleAttribute("open", unfolded);
  follow();
});

// A note of one's own that is being mended.
document.addEventListener("click", ({ target }) => {
  const form = target.closest("[data-give-up]")?.closest("#mine form");
  if (!form) return;
  form.dispatchEvent(new CustomEvent("given-up", { bubbles: true }));
  form.removeAttribute("hx-morph-skip");
  ask().catch(() => {});
});

// Refused because something else is asked by now: the words go over into the form that is right.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (form?.matches?.("#mine form") && ctx.response?.status === 409) renew(form).catch(() => {});
});

async function renew(form) {
  const fields = [...form.querySelectorAll("textarea, input[type=text]")];
  const words = fields.map(({ name, value }) => [name, value]);
  const fill = (target) => {
    for (const [name, value] of words) if (target.elements[name]) target.elements[name].value = value;
  };
  form.removeAttribute("hx-morph-skip");
  for (const field of fields) field.value = field.defaultValue;
  await ask().catch(() => {});
  const fresh = document.getElementById(form.id) ?? form;
  fill(fresh);
  if (fresh.isConnected) fresh.toggleAttribute("hx-morph-skip", isWrittenIn(fresh));
  else showRescued(fresh);
}
