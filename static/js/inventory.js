// The inventory of touchpoints: arrows go from cell to cell, a paste opens the dialog, filters
// narrow the table and stand in the address.

import "./dialogs.js";
import "./drafts.js";
import "./inplace.js";
import "./outbox.js";
import "./reveal.js";
import "./sidenav.js";
import "./undokeys.js";

const FIELD = "input, textarea, select, [contenteditable]";
const filters = document.querySelector("[data-inventory-filters]");
const rows = () => [...document.querySelectorAll("[data-row]")];

// --- From cell to cell -------------------------------------------------------------------------
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

document.addEventListener("keydown", (event) => {
  const text = event.target.closest?.(".inventory-text");
  const step = STEPS[event.key];
  if (!text || !step || event.altKey || event.ctrlKey || event.metaKey) return;
  const row = text.closest("[data-row]");
  const shown = rows().filter((each) => each.checkVisibility());
  const column = [...row.querySelectorAll(".inventory-cell")].indexOf(text.closest(".inventory-cell"));
  const next = shown[shown.indexOf(row) + step[0]];
  next?.querySelectorAll(".inventory-cell")[column + step[1]]?.querySelector(".inventory-text")?.focus();
  event.preventDefault();
});

// --- Paste -------------------------------------------------------------------------------------
document.addEventListener("paste", (event) => {
  const dialog = document.getElementById("paste-rows");
  if (!dialog || event.target.closest?.(FIELD) || dialog.open) return;
  const text = event.clipboardData.getData("text/plain");
  if (!text.trim()) return;
  event.preventDefault();
  dialog.showModal();
  dialog.querySelector("textarea").value = text;
  dialog.querySelector("textarea").focus();
});

// --- Filters -----------------------------------------------------------------------------------
function fits(row, wanted) {
  const stage = row.closest(".inventory-stage");
  return [...wanted].every(([name, value]) => {
    if (!value) return true;
    if (name === "stage" || name === "period") return stage.dataset[name] === value;
    // What is everybody's is also this persona's.
    if (name === "persona") return ["", value].includes(row.dataset.persona);
    // A row may lie in several: on all channels of a link, say.
    return (row.dataset[name] ?? "").split(" ").includes(value);
  });
}

function narrow() {
  if (!filters) return;
  const wanted = new FormData(filters);
  const all = rows();
  for (const row of all) row.hidden = !fits(row, wanted) && !row.querySelector("[data-editing]");
  const isNarrowed = [...wanted.values()].some(Boolean);
  for (const stage of document.querySelectorAll(".inventory-stage")) {
    stage.hidden = isNarrowed && !stage.querySelector("[data-row]:not([hidden])");
  }
  const output = filters.querySelector("output");
  const shown = all.filter((row) => !row.hidden).length;
  output.textContent = isNarrowed ? output.dataset.shown.replace("%n", shown).replace("%all", all.length) : "";
}

function remember() {
  const query = new URLSearchParams([...new FormData(filters)].filter(([, value]) => value));
  history.replaceState(history.state, "", query.size ? `?${query}` : location.pathname);
}

function recall() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = filters?.elements.namedItem(name);
    if (!field) continue;
    if (field.type === "checkbox") field.checked = field.value === value;
    else field.value = value;
  }
}

filters?.addEventListener("input", () => {
  remember();
  narrow();
});
filters?.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("htmx:after:settle", narrow);
recall();
narrow();
