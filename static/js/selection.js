// Several notes at once: chosen by Ctrl or Shift with a click, by Shift with the arrows, by
// Shift+Space, or one by one in the select mode; what is done with them is one edit.

import { beside, between, holdsNotes, NOTES, placeOf } from "./grid.js";
import { chosenItem } from "./itemmenu.js";

const bar = document.getElementById("selection-bar");
const chosen = new Set(); // ids of elements: the map may be drawn anew
let anchor = null;
let target = null; // the cell that was pointed at last

const ARROWS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };
const FIELD = "input:not([type=range], [type=checkbox]), textarea, select, [contenteditable], dialog";

function say(words) {
  document.dispatchEvent(new CustomEvent("announce", { detail: words }));
}

function noteOf(element) {
  return element?.closest?.("#map-grid .note[data-id]") ?? null;
}

function isSelecting() {
  return bar && !bar.hidden && "selecting" in bar.dataset;
}

function chosenNotes() {
  return [...chosen].map((id) => document.getElementById(id)).filter((note) => note?.dataset.id);
}

/** The chosen notes, or the one that has the focus; as the map is read. */
function subjects() {
  const notes = chosen.size ? chosenNotes() : [noteOf(document.activeElement)].filter(Boolean);
  const order = (a, b) => {
    const [one, two] = [a, b].map((note) => placeOf(note.closest(".cell")));
    return one.column - two.column || one.row - two.row || (a.compareDocumentPosition(b) & 2 ? 1 : -1);
  };
  return notes.sort(order);
}

function idsOf(notes) {
  return notes.map((note) => note.dataset.id).join(",");
}

// --- What is seen ----------------------------------------------------------------------------
function show() {
  for (const marked of document.querySelectorAll(".note.is-selected")) {
    if (!chosen.has(marked.id)) mark(marked, false);
  }
  for (const id of chosen) {
    const note = document.getElementById(id);
    if (note?.dataset.id) mark(note, true);
  }
  for (const cell of document.querySelectorAll(".cell.is-target")) cell.classList.toggle("is-target", cell.id === target);
  if (target) document.getElementById(target)?.classList.add("is-target");
  if (!bar) return;
  bar.hidden = !chosen.size && !isSelecting();
  bar.querySelector("[data-count]").textContent = countInWords();
  for (const button of bar.querySelectorAll("[data-needs-notes]")) button.disabled = !chosen.size;
}

function mark(note, on) {
  note.classList.toggle("is-selected", on);
  const button = note.querySelector(":scope > .note-text");
  if (on) button?.setAttribute("aria-pressed", "true");
  else button?.removeAttribute("aria-pressed");
}

function countInWords() {
  const { one, many } = bar.dataset;
  return (chosen.size === 1 ? one : many).replace("%n", chosen.size);
}

function changed() {
  show();
  say(countInWords());
}

function clear() {
  chosen.clear();
  anchor = null;
  if (bar) delete bar.dataset.selecting;
  changed();
}

function toggle(note) {
  if (!chosen.delete(note.id)) chosen.add(note.id);
  anchor = note.id;
  changed();
}

function extendTo(note) {
  const from = document.getElementById(anchor ?? note.id) ?? note;
  anchor ??= note.id;
  for (const each of between(from, note)) chosen.add(each.id);
  changed();
}

// --- What is done ----------------------------------------------------------------------------
function post(address, values) {
  const source = document.getElementById("board");
  return htmx.ajax("POST", address, { source, values, swap: "none" });
}

function act(name, more = {}) {
  const notes = subjects();
  if (!notes.length) return null;
  const id = notes[0].id;
  const done = post(bar.dataset[name], { notes: idsOf(notes), ...more });
  if (name === "delete") {
    const next = noteOf(document.activeElement)?.closest(".cell")?.id;
    chosen.clear();
    return done.then(() => focusIn(next));
  }
  return done.then(() => focusOnNote(id));
}

function focusOnNote(id) {
  if (document.activeElement === document.body) document.getElementById(id)?.querySelector(".note-text")?.focus();
}

function focusIn(cell) {
  if (document.activeElement !== document.body) return;
  document.getElementById(cell)?.querySelector(".note-text, .add-note")?.focus();
}

const COMMANDS = {
  duplicate: () => act("duplicate"),
  delete: () => act("delete"),
  left: () => act("step", { direction: "left" }),
  right: () => act("step", { direction: "right" }),
  up: () => act("step", { direction: "up" }),
  down: () => act("step", { direction: "down" }),
  clear,
};

bar?.addEventListener("click", (event) => COMMANDS[event.target.closest("[data-command]")?.dataset.command]?.());

function startSelecting() {
  bar.dataset.selecting = "";
  changed();
  bar.querySelector("button:not(:disabled)")?.focus();
}

for (const opener of document.querySelectorAll("[data-select-mode]")) opener.addEventListener("click", startSelecting);

const menu = document.getElementById("item-menu");

menu?.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-note-act]")?.dataset.noteAct;
  const note = asked && chosenItem();
  if (!note) return;
  menu.hidePopover();
  if (asked === "duplicate") post(bar.dataset.duplicate, { notes: note.dataset.id }).then(() => focusOnNote(note.id));
  else {
    if (!chosen.has(note.id)) toggle(note);
    startSelecting();
  }
});

// --- By pointer --------------------------------------------------------------------------------
document.addEventListener(
  "click",
  (event) => {
    const note = bar && noteOf(event.target);
    if (!note || event.target.closest("[data-menu], [data-editing]")) return;
    const several = event.ctrlKey || event.metaKey;
    if (!several && !event.shiftKey && !isSelecting()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.shiftKey) extendTo(note);
    else toggle(note);
    note.querySelector(".note-text")?.focus({ preventScroll: true });
  },
  true,
);

document.addEventListener("pointerdown", (event) => {
  const cell = event.target.closest?.("#map-grid .cell");
  if (!bar || !cell || !holdsNotes(cell)) return;
  target = event.target === cell || event.target.matches(".notes") || isSelecting() ? cell.id : null;
  show();
});

// --- By keyboard -------------------------------------------------------------------------------
function extendBy(note, direction) {
  if (!chosen.size) chosen.add((anchor = note.id));
  const next = noteOf(beside(note.querySelector(".note-text"), direction, NOTES));
  if (!next) return;
  next.querySelector(".note-text").focus();
  extendTo(next);
}

/** Returns whether the key meant something here. */
function pressed(event, note) {
  const direction = ARROWS[event.key];
  const control = event.ctrlKey || event.metaKey;
  if (direction && event.altKey && chosen.size) act("step", { direction });
  else if (direction && event.shiftKey && note) extendBy(note, direction);
  else if (event.key === " " && note && (event.shiftKey || isSelecting())) toggle(note);
  else if (control && event.key.toLowerCase() === "d" && (chosen.size || note)) act("duplicate");
  else if (["Delete", "Backspace"].includes(event.key) && (chosen.size || note)) act("delete");
  else if (event.key === "Escape" && (chosen.size || isSelecting())) clear();
  else return walk(event, direction);
  return true;
}

function walk(event, direction) {
  const stop = event.target.closest?.(".cell .note-text, .cell .add-note");
  if (!direction || !stop || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  beside(stop, direction)?.focus();
  return true;
}

document.addEventListener(
  "keydown",
  (event) => {
    if (!bar || event.target.closest?.(FIELD) || event.target.closest?.(".menu-list")) return;
    if (!pressed(event, noteOf(event.target))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

// A note that moves is away for a moment: the piece with its old cell comes before the new one.
let pruning = null;

function redrawn() {
  show();
  clearTimeout(pruning);
  pruning = setTimeout(() => {
    for (const id of chosen) if (!document.getElementById(id)) chosen.delete(id);
    show();
  }, 300);
}

document.addEventListener("htmx:after:swap", redrawn);
document.addEventListener("htmx:after:settle", redrawn);

/** Where a paste goes: the cell that has the focus, or the one that was pointed at. */
function targetCell() {
  const focused = document.activeElement?.closest?.("#map-grid .cell");
  const cell = focused ?? document.getElementById(target);
  return holdsNotes(cell) ? cell : null;
}

export { bar, chosenNotes, FIELD, idsOf, post, say, subjects, targetCell };
