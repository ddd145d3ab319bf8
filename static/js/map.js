// The map editor: puts its parts together and adds what belongs to the whole map.

import "./dialogs.js";
import "./inplace.js";
import "./itemmenu.js";
import "./narrowing.js";
import "./search.js";
import "./sorting.js";
import "./voices.js";
import "./stages.js";
import "./views.js";

const board = document.getElementById("board");

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
