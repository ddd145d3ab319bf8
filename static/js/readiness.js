// What stands ready: a card is dragged to another status or stage; the server draws the result.
// By keyboard the status is chosen on the card, the stage in its lane on the map.

import "./inventory.js";

function dropped({ item, from, to, oldIndex, newIndex }) {
  if (from === to && oldIndex === newIndex) return;
  let next = item.nextElementSibling;
  while (next && !next.dataset.id) next = next.nextElementSibling;
  const { stage, status } = to.dataset;
  const values = { stage, status, before: next?.dataset.id ?? "" };
  const source = document.getElementById("board");
  htmx.ajax("POST", item.dataset.move, { source, values, swap: "none" });
}

// All columns are made ready at once: a card may be dropped on any of them.
document.addEventListener("pointerdown", ({ target }) => {
  if (!target.closest?.("[data-move]")) return;
  for (const list of document.querySelectorAll("[data-column]")) {
    if (window.Sortable.get(list)) continue;
    window.Sortable.create(list, {
      group: "readiness",
      draggable: "[data-move]",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      delay: 180,
      delayOnTouchOnly: true,
      filter: "[data-editing], textarea, input, select, a, .icon-button",
      preventOnFilter: false,
      onEnd: dropped,
    });
  }
}, true);
