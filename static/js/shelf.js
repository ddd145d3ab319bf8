/**
 * Insights are dragged from the opened library onto the map: into a cell, or onto a note or a
 * touchpoint, and then it is asked whether they support it. A finger holds for a moment first, as
 * everywhere on the map. "Place on the map…" does the same by choosing.
 */
const START = 6;
const HOLD = 180;
const EDGE = 56;
const SPEED = 14;
const CLAIM = "#map-grid :is(.note, .touchpoint)[data-id]";
const PLACE = `${CLAIM}, #map-grid .stage-head[data-id], #map-grid .lane > .cell[data-stage]`;
const FREE = "button, a, input, select, textarea, form";

let held = null;
let waiting = null;

const menu = () => document.getElementById("stance-menu");
const grid = () => document.getElementById("map-grid");
const scroller = () => document.querySelector(".map-scroll");

function hold(event) {
  const card = event.target.closest?.(".shelf-insight");
  if (!card || event.button || event.target.closest(FREE)) return;
  held = { card, pointer: event.pointerId, x: event.clientX, y: event.clientY, lifted: false };
  if (event.pointerType === "touch") held.timer = setTimeout(lift, HOLD);
}

function lift() {
  if (!held) return;
  const ghost = held.card.cloneNode(true);
  ghost.removeAttribute("id");
  ghost.setAttribute("aria-hidden", "true");
  ghost.className = "card insight-card shelf-ghost";
  for (const each of ghost.querySelectorAll(`${FREE}, [id], .shelf-grip`)) each.remove();
  document.body.append(ghost);
  held.ghost = ghost;
  held.lifted = true;
  held.card.dataset.held = "";
  grid().setAttribute("data-dragging", "");
  document.getSelection()?.removeAllRanges();
  held.frame = requestAnimationFrame(follow);
}

function moved(event) {
  if (!held || event.pointerId !== held.pointer) return;
  const far = Math.hypot(event.clientX - held.x, event.clientY - held.y) > START;
  if (!held.lifted && far && event.pointerType === "touch") return letGo();
  if (!held.lifted && far) lift();
  if (!held.lifted) return;
  event.preventDefault();
  Object.assign(held, { x: event.clientX, y: event.clientY });
}

/** With each frame: the ghost, the edge at which the map scrolls on, and what lies below. */
function follow() {
  if (!held?.lifted) return;
  const { x, y, ghost } = held;
  ghost.style.translate = `${x + 8}px ${y + 8}px`;
  scrollOn(scroller(), x, y);
  point(document.elementFromPoint(x, y)?.closest(PLACE) ?? null);
  held.frame = requestAnimationFrame(follow);
}

/** Near an edge the map goes on, once it has been entered: the way in leads over an edge, too. */
function scrollOn(map, x, y) {
  const box = map.getBoundingClientRect();
  if (x < box.left || x > box.right || y < box.top || y > box.bottom) return;
  const step = (at, from, to) => (at > to - EDGE ? SPEED : at < from + EDGE ? -SPEED : 0);
  const by = [step(x, box.left, box.right), step(y, box.top, box.bottom)];
  if (by.every((each) => !each)) held.entered = true;
  else if (held.entered) map.scrollBy(...by);
}

function point(place) {
  if (held.place === place && (!place || "drop" in place.dataset)) return;
  unpoint();
  held.place = place;
  if (place) place.dataset.drop = "";
}

function unpoint() {
  for (const each of document.querySelectorAll("[data-drop]")) delete each.dataset.drop;
}

function letGo() {
  if (!held) return;
  clearTimeout(held.timer);
  cancelAnimationFrame(held.frame);
  held.ghost?.remove();
  delete held.card.dataset.held;
  grid()?.removeAttribute("data-dragging");
  unpoint();
  held = null;
}

function drop(event) {
  if (!held || event.pointerId !== held.pointer) return;
  const { card, lifted, x, y } = held;
  const place = lifted ? document.elementFromPoint(x, y)?.closest(PLACE) : null;
  letGo();
  if (!place) return;
  // A menu that opens while the button goes up would be closed by that very release.
  if (place.matches(CLAIM)) setTimeout(() => ask(card, place, x, y));
  else put(card, whereIn(place));
}

function whereIn(place) {
  if (place.matches(".stage-head")) return { stage: place.dataset.id, place: "" };
  return { stage: place.dataset.stage, place: `lane-${place.dataset.lane}` };
}

/** What an insight says of a note or a touchpoint is chosen where it was dropped. */
function ask(card, claim, x, y) {
  const list = menu();
  waiting = { card, place: claim.id };
  list.querySelector("[data-claim]").textContent = claim.querySelector(".note-text")?.textContent ?? "";
  list.showPopover();
  list.style.left = `${Math.max(8, Math.min(x, innerWidth - list.offsetWidth - 8))}px`;
  list.style.top = `${Math.max(8, Math.min(y, innerHeight - list.offsetHeight - 8))}px`;
  list.querySelector("button").focus();
}

function put(card, values) {
  const filters = Object.fromEntries(new FormData(document.getElementById("shelf-filters")));
  const source = document.getElementById("board");
  const asked = { ...filters, ...values };
  return htmx.ajax("POST", card.dataset.place, { source, values: asked, swap: "none" });
}

document.addEventListener("pointerdown", hold);
document.addEventListener("pointermove", moved);
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", letGo);
document.addEventListener("touchmove", (event) => held?.lifted && event.preventDefault(), { passive: false });
document.addEventListener("contextmenu", (event) => held && event.preventDefault());
document.addEventListener("dragstart", (event) => held && event.preventDefault());

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const form = event.target.closest?.("[data-placing]");
  if (!held?.lifted && !form) return;
  event.preventDefault();
  letGo();
  form?.querySelector("[data-place-cancel]").click();
}, { capture: true });

document.addEventListener("click", ({ target }) => {
  const chosen = target.closest("#stance-menu [data-stance]");
  if (!chosen || !waiting) return;
  const { card, place } = waiting;
  waiting = null;
  menu().hidePopover();
  put(card, { place, stance: chosen.dataset.stance });
});

// Where to place it is asked in the card: there the focus goes, and on a phone it is brought in sight.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement?.id?.startsWith("place-button-") || ctx.response?.status !== 200) return;
  const form = `place-form-${ctx.sourceElement.id.split("-").at(-1)}`;
  setTimeout(() => {
    document.getElementById(form)?.querySelector("select").focus();
    document.getElementById(form)?.scrollIntoView({ block: "nearest" });
  });
});

// What was placed by choosing has left the list: the focus goes to what is told of the rest.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement?.matches?.("[data-placing], [data-place-cancel]") || ctx.response?.status !== 200) return;
  setTimeout(() => document.getElementById("shelf-count")?.focus());
});
