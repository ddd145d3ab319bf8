// “Where are we guessing”: each cell shows on what it rests, while the address says guess=1.
// What is hung on a cell is hung again after the cell was drawn anew.

const address = document.getElementById("attention")?.dataset.guesses;
const grid = () => document.getElementById("map-grid");
let cells = null;
let version = "";
let waiting = 0;

const isOn = () => Boolean(new URLSearchParams(location.search).get("guess"));

async function ask() {
  const response = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!response.ok) return;
  version = marks();
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  cells = new Map([...page.querySelectorAll("#guesses > li")].map((each) => [each.dataset.cell, each.dataset]));
  hang();
}

/** What the map showed when the cells were asked for. */
function marks() {
  return `${document.getElementById("marks")?.textContent.length}:${grid()?.querySelectorAll("[data-item]").length}:${
    document.querySelectorAll("#marks > [data-ground]").length}`;
}

function hang() {
  for (const cell of grid()?.querySelectorAll(".lane > .cell") ?? []) {
    const found = isOn() ? cells?.get(cell.id) : null;
    const label = cell.querySelector(":scope > .guess");
    if (!found) {
      delete cell.dataset.guess;
      delete cell.dataset.ground;
      label?.remove();
      continue;
    }
    cell.dataset.guess = found.ground;
    cell.dataset.ground = found.ground;
    const shown = label ?? cell.appendChild(Object.assign(document.createElement("span"), { className: "guess" }));
    if (shown.textContent !== found.label) shown.textContent = found.label;
    shown.title = found.words;
  }
}

function look() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => {
    if (isOn() && (!cells || marks() !== version)) ask();
    else if (isOn() || cells) hang();
  });
}

if (address) {
  document.addEventListener("htmx:after:settle", look);
  document.addEventListener("htmx:after:swap", look);
  document.getElementById("view-panel")?.addEventListener("change", look);
  addEventListener("popstate", look);
  look();
}
