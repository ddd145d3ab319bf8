// Searching on the map: "/" opens, Enter goes on, Shift+Enter back, Esc closes. Matches are
// painted over the text, which stays as it is; what is folded is opened while it is shown.

import { showStageOf } from "./stages.js";
import { isFilteredOut, say, words } from "./views.js";

const PLACES = ".stage-head :is(.stage-title, .stage-situation), .lane > .cell [data-item]";
const bar = document.getElementById("map-find");
const field = document.getElementById("find-words");
const output = bar.querySelector("[data-find-count]");
const opener = document.querySelector("[data-find]");
let matches = [];
let at = 0;

/** Without case and accents, one letter for each letter of the text. */
function plain(text) {
  return [...text].map((letter) => {
    const bare = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return bare.length === letter.length ? bare : letter.toLowerCase().slice(0, letter.length).padEnd(letter.length);
  }).join("");
}

function textsIn(place) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(".visually-hidden, [data-editing]")) found.push(walker.currentNode);
  }
  return found;
}

function rangesIn(place, wanted) {
  const found = [];
  for (const node of textsIn(place)) {
    const text = plain(node.data);
    for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + wanted.length)) {
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      found.push({ place, range });
    }
  }
  return found;
}

function find({ stay = false } = {}) {
  const wanted = plain(field.value.trim());
  const places = wanted ? [...document.querySelectorAll(PLACES)].filter((place) => !isFilteredOut(place)) : [];
  matches = places.flatMap((place) => rangesIn(place, wanted));
  at = Math.min(stay ? at : 0, Math.max(0, matches.length - 1));
  show({ move: !stay });
}

function show({ move = true } = {}) {
  const current = matches[at];
  paint("found", matches.map(({ range }) => range));
  paint("found-now", current ? [current.range] : []);
  const some = output.dataset.some.replace("%of", matches.length).replace("%n", at + 1);
  output.textContent = current ? some : field.value.trim() && output.dataset.none;
  for (const lane of document.querySelectorAll(".lane[data-peek]")) lane.removeAttribute("data-peek");
  if (!current) return;
  current.place.closest(".lane")?.setAttribute("data-peek", "");
  if (!move) return;
  showStageOf(current.place);
  current.place.scrollIntoView({ block: "center", inline: "center" });
}

function paint(name, ranges) {
  if (!window.CSS?.highlights) return;
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

function step(by) {
  if (!matches.length) return;
  at = (at + by + matches.length) % matches.length;
  show();
}

function open() {
  bar.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  field.focus();
  field.select();
}

function close() {
  bar.hidden = true;
  field.value = "";
  opener.setAttribute("aria-expanded", "false");
  say("find", "");
  find();
  opener.focus();
}

let waiting = 0;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    say("find", field.value.trim());
    find();
  }, 120);
});
bar.addEventListener("submit", (event) => {
  event.preventDefault();
  step(1);
});
bar.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && event.shiftKey) {
    event.preventDefault();
    step(-1);
  }
});
bar.addEventListener("click", ({ target }) => {
  const by = Number(target.closest("[data-find-step]")?.dataset.findStep ?? 0);
  if (by) step(by);
  if (target.closest("[data-find-close]")) close();
});
opener.addEventListener("click", () => (bar.hidden ? open() : close()));

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]")) return;
  event.preventDefault();
  open();
});
document.addEventListener("htmx:after:settle", () => {
  if (!bar.hidden) requestAnimationFrame(() => find({ stay: true }));
});

if (words.get("find")) {
  bar.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  field.value = words.get("find").slice(0, 100);
  find();
}
