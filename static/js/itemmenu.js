// One menu serves every note, touchpoint, stage and lane; Alt+arrows do the same without it.

import { focusOn } from "./inplace.js";

const ARROWS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };
const AXES = { x: ["left", "right"], y: ["up", "down"], none: [] };
let chosen = null;

function address(item, act) {
  return item.dataset.item.replace(/edit\/$/, `${act}/`);
}

function post(item, act, values = {}) {
  const id = item.id;
  const source = document.getElementById("board");
  const before = document.activeElement;
  const isFree = () => [before, document.body].includes(document.activeElement);
  return htmx
    .ajax("POST", address(item, act), { source, values, swap: "none" })
    .then(() => isFree() && focusOn(id));
}

function edit(item) {
  return htmx.ajax("GET", item.dataset.item, { source: item, target: item, swap: "outerHTML" });
}

// The history of a cell, a stage or a lane: whatever the item lies in.
function history(item) {
  const place = new URLSearchParams();
  const { stage, lane } = item.closest(".cell")?.dataset ?? {};
  if (stage) place.set("stage", stage);
  if (lane) place.set("lane", lane);
  if (item.matches(".stage-head")) place.set("stage", item.dataset.id);
  if (item.matches(".lane-name")) place.set("lane", item.dataset.id);
  return `${document.getElementById("board").dataset.history}?${place}`;
}

function offers(item, button) {
  const axis = AXES[item.dataset.axis] ?? Object.values(ARROWS);
  if (button.dataset.direction) return axis.includes(button.dataset.direction);
  if (button.dataset.act === "history") return Boolean(document.getElementById("board").dataset.history);
  if (button.dataset.act === "collapse") return item.matches(".lane-name");
  return true;
}

function show(menu, opener) {
  chosen = opener.closest("[data-item]");
  for (const button of menu.querySelectorAll("[data-act]")) button.hidden = !offers(chosen, button);
  for (const button of menu.querySelectorAll("[data-for]")) button.hidden = !chosen.matches(button.dataset.for);
  menu.showPopover({ source: opener });
  const box = opener.getBoundingClientRect();
  const left = Math.min(box.left, innerWidth - menu.offsetWidth - 8);
  const below = box.bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - menu.offsetHeight - 4)}px`;
  menu.querySelector("button:not([hidden])").focus();
}

function act(button) {
  const item = document.getElementById(chosen.id);
  document.getElementById("item-menu").hidePopover();
  if (!item) return;
  if (button.dataset.act === "history") location.assign(history(item));
  else if (button.dataset.act === "edit") edit(item);
  else post(item, button.dataset.act, button.dataset.direction ? { direction: button.dataset.direction } : {});
}

document.addEventListener("click", (event) => {
  const menu = document.getElementById("item-menu");
  const opener = event.target.closest("[data-menu]");
  if (opener && menu) show(menu, opener);
  const button = event.target.closest("#item-menu [data-act]");
  if (button) act(button);
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".item-menu");
  if (menu && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    const buttons = [...menu.querySelectorAll("button:not([hidden])")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    buttons.at((buttons.indexOf(event.target) + step) % buttons.length).focus();
    return;
  }
  const direction = event.altKey && ARROWS[event.key];
  const item = direction && event.target.closest?.("[data-item]");
  if (!item || event.target.closest("[data-editing]")) return;
  event.preventDefault();
  const axis = AXES[item.dataset.axis] ?? Object.values(ARROWS);
  if (axis.includes(direction)) post(item, "move", { direction });
});

/** The item whose menu was opened last, as it stands on the page now. */
function chosenItem() {
  return chosen && document.getElementById(chosen.id);
}

/** What a button beside the item does, it does to this item. */
function choose(item) {
  chosen = item;
}

export { address, choose, chosenItem, post };
