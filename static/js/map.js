// The map editor: puts its parts together and adds what belongs to the whole map.

import "./dialogs.js";
import "./inplace.js";
import "./itemmenu.js";
import "./narrowing.js";
import "./sorting.js";
import "./voices.js";

const board = document.getElementById("board");
const zoom = document.querySelector("[data-zoom-toggle]");

zoom?.addEventListener("click", () => {
  const map = document.getElementById("map-grid");
  const fits = map.dataset.zoom === "fit";
  if (fits) delete map.dataset.zoom;
  else map.dataset.zoom = "fit";
  zoom.setAttribute("aria-pressed", String(!fits));
});

// A stage with a moment of truth shows it on the curve, too.
function markMoments() {
  for (const cell of document.querySelectorAll('.lane[data-kind="emotion"] > .cell')) {
    const moment = `.cell[data-stage="${cell.dataset.stage}"] .touchpoint[data-moment]`;
    cell.toggleAttribute("data-moment", document.querySelector(moment) !== null);
  }
}

markMoments();
document.addEventListener("htmx:after:settle", markMoments);

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  if (event.target.closest("input:not([type=range]), textarea, select")) return;
  event.preventDefault();
  const address = event.shiftKey ? board.dataset.redo : board.dataset.undo;
  htmx.ajax("POST", address, { source: board, swap: "none" });
});
