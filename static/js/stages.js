// One stage at a time on a narrow screen: a picker, two buttons and swiping. What is hidden is
// hidden by rules, so live updates keep to it; the address says which stage is shown.

import { say, words } from "./views.js";

const NARROW = "(max-width: 40rem)";
const SWIPE = 60;

const bar = document.querySelector(".stage-switch");
const picker = bar.querySelector("[data-stage-picker]");
const scroller = document.querySelector(".map-scroll");
const narrow = matchMedia(NARROW);
const rules = new CSSStyleSheet();
document.adoptedStyleSheets.push(rules);

const heads = () => [...document.querySelectorAll(".map-heads > .stage-head")];
const idOf = (head) => head.id.replace("stage-", "");
let index = 0;

function title(head, place) {
  const text = head.querySelector(".stage-title")?.lastChild?.textContent.trim();
  return text ? `${place + 1}  ${text}` : picker.options[place]?.text ?? String(place + 1);
}

function list() {
  const found = heads();
  const place = found.findIndex((head) => idOf(head) === words.get("stage"));
  index = place >= 0 ? place : Math.min(index, Math.max(0, found.length - 1));
  const titles = found.map(title);
  if (titles.join("\n") !== [...picker.options].map(({ text }) => text).join("\n")) {
    picker.replaceChildren(...titles.map((text, at) => new Option(text, String(at))));
  }
  picker.value = String(index);
  for (const button of bar.querySelectorAll("[data-stage-step]")) {
    const next = index + Number(button.dataset.stageStep);
    button.disabled = next < 0 || next >= found.length;
  }
  paint(found);
}

/** The place of the period that this stage lies in, among the children of its row. */
function periodOf(place) {
  let end = 0;
  const periods = [...document.querySelectorAll(".map-periods > .period")];
  return 2 + Math.max(0, periods.findIndex((period) => (end += Number(period.dataset.span)) > place));
}

function paint(found) {
  const shown = found[index];
  if (!shown) return rules.replaceSync("");
  const id = idOf(shown);
  return rules.replaceSync(`@media ${NARROW} {
    .lane > .cell:not([data-stage="${id}"]), .map-heads > .stage-head:not(#stage-${id}) { display: none; }
    .map-periods > .period:not(:nth-child(${periodOf(index)})) { display: none; }
    .path-list > li:not([data-stages*=" ${id} "]), .path-list:not(:has([data-stages*=" ${id} "])) { display: none; }
    .map { --stages: ${found.length}; --stage-index: ${index}; }
  }`);
}

function go(place) {
  const head = heads()[place];
  if (!head) return;
  index = place;
  say("stage", idOf(head));
  list();
  scroller.scrollTo({ top: 0 });
}

/** Where one stage at a time is shown: the one that this element stands in. */
export function showStageOf(element) {
  if (!narrow.matches) return;
  const id = element.closest("[data-stage]")?.dataset.stage;
  const place = heads().findIndex((head) => idOf(head) === id);
  if (place >= 0 && place !== index) go(place);
}

picker.addEventListener("change", () => go(Number(picker.value)));
bar.addEventListener("click", ({ target }) => {
  const step = Number(target.closest("[data-stage-step]")?.dataset.stageStep ?? 0);
  if (step) go(index + step);
});

let start = null;
scroller.addEventListener("touchstart", ({ touches, target }) => {
  const busy = touches.length > 1 || target.closest("input, textarea, select, [data-editing]");
  start = busy ? null : { x: touches[0].clientX, y: touches[0].clientY };
}, { passive: true });
scroller.addEventListener("touchend", ({ changedTouches: [touch] }) => {
  if (!start || !narrow.matches || document.querySelector(".sortable-chosen")) return;
  const [x, y] = [touch.clientX - start.x, touch.clientY - start.y];
  if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) go(index + (x < 0 ? 1 : -1));
}, { passive: true });

function followHash() {
  const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (place) showStageOf(place);
}

addEventListener("hashchange", followHash);
document.addEventListener("htmx:after:settle", list);
list();
followHash();
