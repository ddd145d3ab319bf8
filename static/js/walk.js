// A walk on a phone: one stage at a time, each answer kept at once and sent when there is a way.

import { dropPhoto, entryOf, keep, keepPhoto, photoOf, send, waitingIds } from "./walkbox.js";
import { drawn, smaller } from "./walkphotos.js";

const PAUSE = 1200;
const QUESTIONS = ["worked", "helped_goal", "missing", "better", "score"];
const bar = document.getElementById("walk-bar");
const walk = bar.dataset.walk;
const places = [...document.querySelectorAll("[data-place]")];
const steps = document.querySelector(".walk-steps");
const idOf = (form) => `${walk}:${form.elements.key.value}`;

// --- From stage to stage -------------------------------------------------------------------------
let here = 0;

function go(number, { focus = true } = {}) {
  here = Math.min(Math.max(number, 0), places.length - 1);
  for (const [index, place] of places.entries()) place.hidden = index !== here;
  const stages = places.length - 1;
  const atEnd = here === stages;
  document.getElementById("walk-progress").textContent = bar.dataset.shown.replace("%n", Math.min(here + 1, stages)).replace("%all", stages);
  document.getElementById("walk-way").value = Math.min(here + 1, stages);
  steps.querySelector("[data-back]").disabled = here === 0;
  steps.querySelector("[data-on]").hidden = atEnd;
  history.replaceState(null, "", `#${places[here].dataset.place}`);
  if (!focus) return;
  scrollTo(0, 0);
  places[here].querySelector("h2").focus({ preventScroll: true });
}

function begin() {
  if (!steps) return;
  for (const part of [steps, document.getElementById("walk-progress"), document.getElementById("walk-way")]) part.hidden = false;
  for (const more of document.querySelectorAll("[data-add]")) more.hidden = false;
  const named = places.findIndex((place) => `#${place.dataset.place}` === location.hash);
  go(Math.max(named, 0), { focus: false });
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-back]")) go(here - 1);
  if (target.closest("[data-on]")) go(here + 1);
  const jump = target.closest("[data-go]");
  if (jump) go(places.findIndex((place) => place.dataset.place === jump.dataset.go));
});

// --- How much is answered ------------------------------------------------------------------------
function answersIn(form) {
  const photo = form.querySelector(".walk-photo > :is(img, canvas)") ? 1 : 0;
  return QUESTIONS.filter((name) => form.elements[name].value).length + photo;
}

function counted(number) {
  return number === 1 ? bar.dataset.one : bar.dataset.many.replace("%n", number);
}

function count() {
  for (const place of places) {
    let all = 0;
    for (const step of place.querySelectorAll("[data-step]")) {
      const answers = answersIn(step.querySelector("form"));
      step.querySelector("[data-answers]").textContent = answers ? counted(answers) : "";
      all += answers;
    }
    const told = document.querySelector(`[data-answered="${place.dataset.place}"]`);
    if (told) told.textContent = all ? counted(all) : bar.dataset.none;
  }
}

function name(step) {
  const { place, touchpoint } = step.querySelector("form").elements;
  const chosen = touchpoint?.value && touchpoint.selectedOptions?.[0]?.textContent;
  const words = place?.value || chosen;
  if (words) step.querySelector("[data-name]").textContent = words;
}

// --- What is said is kept at once ------------------------------------------------------------------
/** Where it was, always along, so that a step stands in its place however late it arrives. */
function placeIn(form) {
  const { stage, touchpoint } = form.elements;
  return { ...(stage && { stage: stage.value }), ...(touchpoint && { touchpoint: touchpoint.value }) };
}

let pause;

function said(form, fields, { now }) {
  keep(idOf(form), form.getAttribute("action"), { ...placeIn(form), ...fields });
  count();
  name(form.closest("[data-step]"));
  clearTimeout(pause);
  if (now) send();
  else pause = setTimeout(send, PAUSE);
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("[data-step] form");
  if (form && target.type !== "file") said(form, { [target.name]: target.value }, { now: target.matches("[type=radio], select") });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-step] form, [data-finish]")) return;
  event.preventDefault();
  if ("finish" in form.dataset) {
    keep(`${walk}:end`, form.getAttribute("action"), { finished: "yes" });
    document.getElementById("walk-finished").hidden = false;
  }
  send();
});

// --- Another touchpoint ----------------------------------------------------------------------------
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
}

function add(place, key) {
  const step = place.querySelector("[data-fresh]").content.firstElementChild.cloneNode(true);
  step.dataset.step = key;
  step.querySelector("form").elements.key.value = key;
  place.querySelector("[data-fresh]").before(step);
  return step;
}

document.addEventListener("click", ({ target }) => {
  const more = target.closest("[data-add]");
  if (!more) return;
  const step = add(more.closest("[data-place]"), newKey());
  step.scrollIntoView({ block: "start" });
  (step.querySelector("[name=place]") ?? step.querySelector("summary")).focus({ preventScroll: true });
});

// --- Photos ----------------------------------------------------------------------------------------
function show(form, picture) {
  const photo = form.querySelector("[data-photo]");
  for (const old of photo.querySelectorAll(":scope > :is(img, canvas)")) old.remove();
  if (picture) photo.prepend(picture);
  for (const part of photo.querySelectorAll("[data-says], [data-no-photo]")) part.hidden = !picture;
  count();
}

function tellFault(form, words) {
  const fault = form.querySelector("[data-fault]");
  fault.textContent = words;
  fault.hidden = !words;
}

function stub() {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [160, 120];
  return canvas;
}

async function take(input) {
  const form = input.closest("form");
  const [file] = input.files;
  if (!file) return;
  const made = await smaller(file);
  input.value = "";
  tellFault(form, made ? "" : bar.dataset.notAPicture);
  if (!made) return;
  show(form, made.canvas ?? stub());
  await keepPhoto(idOf(form), form.getAttribute("action"), made.blob, placeIn(form));
  said(form, {}, { now: true });
}

document.addEventListener("change", ({ target }) => {
  if (target.matches?.("[data-step] input[type=file]")) take(target);
});

document.addEventListener("click", async ({ target }) => {
  const form = target.closest("[data-no-photo]")?.closest("form");
  if (!form) return;
  form.elements.photo_says.value = "";
  show(form, null);
  await dropPhoto(idOf(form));
  said(form, { photo_gone: "on", photo_says: "" }, { now: true });
});

// --- What waited when the page was closed ------------------------------------------------------------
function stepOf(id, entry) {
  const key = id.slice(walk.length + 1);
  const there = document.querySelector(`[data-step="${CSS.escape(key)}"]`);
  if (there) return there;
  const place = places.find((each) => each.querySelector("[data-fresh]")?.content.querySelector("[name=stage]").value === entry.fields.stage);
  return place ? add(place, key) : null;
}

async function putBack(id) {
  const entry = entryOf(id);
  const form = stepOf(id, entry)?.querySelector("form");
  if (!form) return;
  for (const [field, value] of Object.entries(entry.fields)) if (form.elements[field]) form.elements[field].value = value;
  name(form.closest("[data-step]"));
  const photo = entry.photo && (await photoOf(id));
  if (photo) show(form, await drawn(photo).catch(stub));
}

for (const id of waitingIds()) if (id.startsWith(`${walk}:`) && !id.endsWith(":end")) putBack(id).then(count);
begin();
count();
