// Ranked goals: dragged, or moved with Alt+Up and Alt+Down; the server draws the result.

import "./inventory.js";
import { focusOn } from "./inplace.js";

const STEPS = { ArrowUp: "up", ArrowDown: "down" };

function send(goal, values) {
  const source = document.getElementById("board");
  return htmx.ajax("POST", goal.dataset.move, { source, values, swap: "none" });
}

document.addEventListener("keydown", (event) => {
  const goal = event.target.closest?.("[data-move]");
  const direction = event.altKey && STEPS[event.key];
  if (!goal || !direction || event.target.closest("[data-editing]")) return;
  event.preventDefault();
  const id = event.target.id || `goal-text-${goal.dataset.id}`;
  send(goal, { direction }).then(() => focusOn(id));
});

function sortable(list) {
  if (window.Sortable.get(list) || !list.querySelector("[data-move]")) return;
  window.Sortable.create(list, {
    draggable: "[data-move]",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    delay: 180,
    delayOnTouchOnly: true,
    filter: "[data-editing], textarea, input, select",
    preventOnFilter: false,
    onEnd: ({ item, oldIndex, newIndex }) => {
      if (oldIndex === newIndex) return;
      send(item, { before: item.nextElementSibling?.dataset.id ?? "" });
    },
  });
}

document.addEventListener("pointerover", (event) => {
  const list = event.target.closest?.("[data-goals]");
  if (list) sortable(list);
});
