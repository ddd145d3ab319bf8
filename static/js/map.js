// The map editor: puts its parts together and adds what belongs to the whole map.

import "./copy.js";
import "./curve.js";
import "./dialogs.js";
import "./inplace.js";
import "./itemmenu.js";
import "./narrowing.js";
import "./search.js";
import "./marks.js";
import "./people.js";
import "./places.js";
import "./reveal.js";
import "./paths.js";
import "./sorting.js";
import "./voices.js";
import "./stages.js";
import "./views.js";

const board = document.getElementById("board");

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  if (event.target.closest("input:not([type=range]), textarea, select") || !board.dataset.undo) return;
  event.preventDefault();
  const address = event.shiftKey ? board.dataset.redo : board.dataset.undo;
  htmx.ajax("POST", address, { source: board, swap: "none" });
});
