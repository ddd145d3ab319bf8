// The view of the map that its reader has chosen: zoom, folded lanes, filters. The address
// holds it, so a link shows the same. Hiding is done by rules, so live updates keep to it.

const FILTERS = ["persona", "owner", "channel", "evidence", "moments", "missing", "lanes"];
const STEPS = [40, 50, 60, 75, 90, 100, 125, 150, 200];
const SMALLEST_FIT = 0.35;

const scroller = document.querySelector(".map-scroll");
const panel = document.getElementById("view-panel");
const bar = document.getElementById("filter-bar");
const words = new URLSearchParams(location.search);
const rules = new CSSStyleSheet();
document.adoptedStyleSheets.push(rules);

let hiddenItems = [];
let hiddenLanes = "";

function say(word, value) {
  if (value) words.set(word, value);
  else words.delete(word);
  const query = words.toString();
  history.replaceState(history.state, "", `${location.pathname}${query && "?"}${query}${location.hash}`);
  apply();
}

// --- Filters ----------------------------------------------------------------------------------
const form = () => document.getElementById("view-form");
const numbers = (text) => (text ?? "").split(/\D+/).filter(Boolean).slice(0, 100);

function stagesWith(selector) {
  const found = document.querySelectorAll(`.lane > .cell:has(${selector})`);
  return [...new Set([...found].map((cell) => cell.dataset.stage))];
}

function hiddenBy(control, value) {
  const { hides } = control.dataset;
  if (!("byStage" in control.dataset)) return [hides.replaceAll("{value}", value)];
  return stagesWith(hides).map((stage) => `.cell[data-stage="${stage}"] [data-item]`);
}

function gather() {
  hiddenItems = [];
  const said = [];
  for (const control of form()?.querySelectorAll("[data-hides]") ?? []) {
    const [value] = numbers(words.get(control.name));
    if (!value) continue;
    hiddenItems.push(...hiddenBy(control, value));
    said.push(control.selectedOptions?.[0]?.text ?? control.closest("label").textContent.trim());
  }
  const shown = numbers(words.get("lanes"));
  hiddenLanes = shown.length ? `.lane:not(${shown.map((id) => `[data-lane="${id}"]`).join(",")})` : "";
  if (hiddenLanes) said.push(form()?.querySelector(".view-lanes summary")?.textContent.trim());
  return said.filter(Boolean);
}

/** Whether the filters hide this item, folded or not. */
export function isFilteredOut(item) {
  if (hiddenLanes && item.closest(hiddenLanes)) return true;
  return hiddenItems.length > 0 && item.matches(hiddenItems.join(","));
}

function applyFilters() {
  const said = gather();
  const css = [];
  if (hiddenItems.length) css.push(`.lane > :is(.cell, svg) :is(${hiddenItems.join(",")}) { display: none; }`);
  if (hiddenLanes) css.push(`${hiddenLanes} { display: none; }`);
  rules.replaceSync(css.join("\n"));
  bar.hidden = !FILTERS.some((word) => words.get(word));
  bar.querySelector("[data-filter-words]").textContent = said.join(" · ");
  count();
}

function count() {
  const output = bar.querySelector("[data-hidden-items]");
  const hidden = [...document.querySelectorAll(".lane > .cell [data-item]")].filter(isFilteredOut).length;
  const text = (hidden === 1 ? output.dataset.one : output.dataset.many).replace("%n", hidden);
  if (output.textContent !== text) output.textContent = text;
}

bar.querySelector("[data-show-all]").addEventListener("click", () => {
  for (const word of FILTERS) words.delete(word);
  say("lanes", "");
  fill();
  document.querySelector(".view-menu > summary").focus();
});

// --- The panel --------------------------------------------------------------------------------
let asked = false;

function load() {
  if (asked) return;
  asked = true;
  htmx.ajax("GET", panel.dataset.panel, { source: panel, target: panel, swap: "innerHTML" }).then(() => {
    if (!form()) asked = false;
    fill();
    apply();
  });
}

function fill() {
  const shown = numbers(words.get("lanes"));
  for (const control of form()?.elements ?? []) {
    if (control.name === "lanes") control.checked = !shown.length || shown.includes(control.value);
    else if (control.type === "checkbox") control.checked = Boolean(words.get(control.name));
    else if (control.name) control.value = words.get(control.name) ?? "";
  }
  showQuery();
}

function showQuery() {
  for (const field of panel.querySelectorAll("[data-query]")) field.value = words.toString();
  for (const link of panel.querySelectorAll(".saved-views a")) {
    const isShown = new URL(link.href).searchParams.toString() === words.toString();
    link.toggleAttribute("aria-current", isShown);
  }
}

panel.addEventListener("change", ({ target }) => {
  if (target.form !== form()) return;
  if (target.name !== "lanes") {
    say(target.name, target.type === "checkbox" ? (target.checked ? "1" : "") : target.value);
    return;
  }
  const all = [...target.form.querySelectorAll('[name="lanes"]')];
  const shown = all.filter((box) => box.checked).map((box) => box.value);
  if (!shown.length) target.checked = true;
  else say("lanes", shown.length === all.length ? "" : shown.join("-"));
});
panel.addEventListener("submit", (event) => {
  if (event.target === form()) event.preventDefault();
});
panel.closest("details").addEventListener("toggle", load);

// --- Folding ----------------------------------------------------------------------------------
panel.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-fold]");
  if (button) say("fold", words.get("fold") === button.dataset.fold ? "" : button.dataset.fold);
});

function applyFold() {
  const fold = words.get("fold") ?? "";
  scroller.dataset.fold = ["all", "none"].includes(fold) ? fold : "";
  for (const button of panel.querySelectorAll("[data-fold]")) {
    button.setAttribute("aria-pressed", String(button.dataset.fold === fold));
  }
  if (fold !== "all") return;
  for (const cell of document.querySelectorAll(".lane > .cell")) {
    cell.dataset.count = cell.querySelectorAll("[data-item]").length;
  }
}

// --- Zoom -------------------------------------------------------------------------------------
function zoomTo(zoom) {
  scroller.style.setProperty("--zoom", zoom);
  document.querySelector("[data-zoom-shown]").textContent = `${Math.round(zoom * 100)}%`;
}

function zoomThatFits() {
  scroller.style.setProperty("--zoom", 1);
  const map = document.getElementById("map-grid");
  return Math.max(SMALLEST_FIT, Math.min(1, scroller.clientWidth / map.scrollWidth));
}

function applyZoom() {
  const fits = words.get("zoom") === "fit";
  scroller.dataset.zoom = fits ? "fit" : "";
  document.querySelector('[data-zoom-to="fit"]').setAttribute("aria-pressed", String(fits));
  const [asked] = numbers(words.get("zoom"));
  zoomTo(fits ? zoomThatFits() : Math.min(200, Math.max(40, Number(asked ?? 100))) / 100);
}

document.addEventListener("click", ({ target }) => {
  const to = target.closest("[data-zoom-to]")?.dataset.zoomTo;
  const step = Number(target.closest("[data-zoom-step]")?.dataset.zoomStep ?? 0);
  if (to) say("zoom", to === words.get("zoom") || to === "100" ? "" : to);
  if (!step) return;
  const now = Math.round(Number(scroller.style.getPropertyValue("--zoom")) * 100);
  const next = step > 0 ? STEPS.find((each) => each > now) : STEPS.findLast((each) => each < now);
  if (next) say("zoom", next === 100 ? "" : String(next));
});

new ResizeObserver(() => {
  if (words.get("zoom") === "fit") applyZoom();
}).observe(scroller);

// --- All of it --------------------------------------------------------------------------------
function apply() {
  applyFold();
  applyZoom();
  applyFilters();
  showQuery();
}

let waiting = 0;
document.addEventListener("htmx:after:settle", () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => {
    applyFold();
    if (!bar.hidden) applyFilters();
  });
});

document.querySelector("[data-about]")?.addEventListener("click", ({ currentTarget }) => {
  const open = document.querySelector(".map-topbar").toggleAttribute("data-open");
  currentTarget.setAttribute("aria-pressed", String(open));
});

apply();
if (FILTERS.some((word) => words.get(word))) load();

export { say, words };
