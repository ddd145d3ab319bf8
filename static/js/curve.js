// The emotion curve follows the hand: drawn anew while a point moves, saved once when it rests.

import { region } from "./inplace.js";
import { address, chosenItem } from "./itemmenu.js";

const STEP = 100; // the width of a stage and the height of the curve, as in journeys/emotion.py
const REST = 350; // ms after the last key
const resting = new Map(); // by slider id: { value, timer } of what is not sent yet
let held = null;

const isPoint = (target) => target?.matches?.(".emotion-slider[data-feel]");

// --- Drawing: the same monotone cubic as smooth_path() ------------------------------------
function slopes(points) {
  const steps = points.slice(1).map((two, i) => [(two.y - points[i].y) / (two.x - points[i].x), two.x - points[i].x]);
  const inner = steps.slice(1).map(([right, next], i) => {
    const [left, width] = steps[i];
    if (left * right <= 0) return 0;
    const mean = (left * next + right * width) / (width + next);
    return Math.sign(left) * Math.min(Math.abs(left), Math.abs(right), Math.abs(mean) / 2) * 2;
  });
  return [0, ...inner, 0];
}

function smooth(points) {
  const slope = slopes(points);
  let path = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length; i++) {
    const [one, two] = [points[i - 1], points[i]];
    const third = (two.x - one.x) / 3;
    path += `C${one.x + third} ${one.y + slope[i - 1] * third} ${two.x - third} ${two.y - slope[i] * third} ${two.x} ${two.y}`;
  }
  return path;
}

function pointsOf(lane, persona) {
  return [...lane.querySelectorAll(":scope > .cell")].flatMap((cell, index) =>
    [...cell.querySelectorAll(`.emotion-slider[data-persona="${persona}"][data-score]`)].map((slider) => ({
      x: STEP * index + Number(slider.parentElement.dataset.at),
      y: STEP * (0.5 - Number(slider.dataset.score) / 4),
    })),
  );
}

function redraw(slider) {
  const lane = slider.closest(".lane");
  const line = lane?.querySelector(`.curve[data-persona="${slider.dataset.persona}"]`);
  if (!line) return;
  const points = pointsOf(lane, slider.dataset.persona);
  const path = points.length ? smooth(points) : "";
  line.setAttribute("d", path);
  const area = lane.querySelector(".curve-area");
  if (area && points.length) area.setAttribute("d", `${path}L${points.at(-1).x} 50L${points[0].x} 50Z`);
}

/** The point as it will be, before the server has said so. */
function show(slider, value) {
  const word = document.getElementById("emotion-curve")?.getAttribute(`data-word${value}`) ?? "";
  slider.value = value;
  slider.dataset.score = value;
  delete slider.dataset.empty;
  slider.setAttribute("aria-valuetext", word);
  const point = slider.parentElement;
  for (const place of point.querySelectorAll(".emotion-word, .feeling-card .feeling-word")) {
    place.textContent = word;
    place.dataset.score = value;
  }
  redraw(slider);
}

// --- Saving -------------------------------------------------------------------------------
function post(slider, score) {
  resting.delete(slider.id);
  const values = { score, persona: slider.dataset.persona === "all" ? "" : slider.dataset.persona };
  return htmx.ajax("POST", slider.dataset.feel, { source: document.getElementById("board"), values, swap: "none" });
}

function rest(slider, delay) {
  clearTimeout(resting.get(slider.id)?.timer);
  const { id, value } = slider;
  const send = () => post(document.getElementById(id) ?? slider, value);
  resting.set(id, { value, timer: setTimeout(send, delay) });
}

/** What has been waiting is sent when its point is left. */
function send(slider) {
  const waiting = resting.get(slider.id);
  if (!waiting) return;
  clearTimeout(waiting.timer);
  post(slider, waiting.value);
}

document.addEventListener("pointerdown", ({ target }) => {
  held = isPoint(target) ? target : null;
  if (held) held.dataset.from = held.value;
});

document.addEventListener("input", ({ target }) => {
  if (!isPoint(target)) return;
  // Pieces from others must not take the point out of the hand.
  if (held === target) target.closest(".cell").setAttribute("hx-morph-skip", "");
  show(target, target.value);
});

document.addEventListener("change", ({ target }) => {
  if (isPoint(target)) rest(target, held === target ? 0 : REST);
});

/** A click on a point that is not known yet says that it is where it stands. */
document.addEventListener("click", ({ target }) => {
  if (!isPoint(target)) return;
  if ("empty" in target.dataset) {
    show(target, target.value);
    rest(target, 0);
  } else if (target.value === target.dataset.from && target.closest("[hx-morph-skip]") && !resting.has(target.id)) {
    region(target.closest(".cell").id, document.getElementById("board"));
  }
  held = null;
});

document.addEventListener("focusout", ({ target }) => {
  if (isPoint(target)) send(target);
});

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  const point = target.closest?.(".emotion-point");
  if (key === "Escape" && point && !target.closest("[data-editing]")) point.dataset.dismissed = "";
  if (!isPoint(target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "Enter" || (key === " " && !("empty" in target.dataset))) {
    event.preventDefault();
    point.querySelector(".feeling-edit")?.click();
  } else if (key === " ") {
    event.preventDefault();
    show(target, target.value);
    rest(target, REST);
  } else if ((key === "Delete" || key === "Backspace") && !("empty" in target.dataset)) {
    event.preventDefault();
    clearTimeout(resting.get(target.id)?.timer);
    post(target, "");
  }
});

// A card that was sent away comes back when its point is come to again.
for (const away of ["pointerover", "focusin"]) {
  document.addEventListener(away, ({ target }) => {
    const here = target.closest?.(".emotion-point");
    for (const point of document.querySelectorAll(".emotion-point[data-dismissed]")) {
      if (point !== here) delete point.dataset.dismissed;
    }
  });
}

// An answer that comes while the next key has already been pressed does not move the point back.
document.addEventListener("htmx:after:swap", () => {
  for (const [id, { value }] of resting) {
    const slider = document.getElementById(id);
    if (slider && slider.dataset.score !== value) show(slider, value);
  }
});

// From a touchpoint's menu: the form opens below its title.
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("[data-feel-here]")) return;
  const item = chosenItem();
  document.getElementById("item-menu").hidePopover();
  if (!item) return;
  const slot = Object.assign(document.createElement("div"), { id: `feel-${item.id}` });
  item.append(slot);
  const place = new URLSearchParams({ at: slot.id, region: item.closest(".cell").id });
  htmx.ajax("GET", `${address(item, "feeling")}?${place}`, { source: slot, target: slot, swap: "outerHTML" });
});
