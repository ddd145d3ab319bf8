// Ctrl+Z takes back, Ctrl+Shift+Z and Ctrl+Y do again, wherever nobody is writing.

const board = document.getElementById("board");

function addressFor({ key, shiftKey }) {
  if (key.toLowerCase() === "z") return shiftKey ? board.dataset.redo : board.dataset.undo;
  return key.toLowerCase() === "y" && !shiftKey ? board.dataset.redo : null;
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (event.target.closest("input:not([type=range]), textarea, select, dialog")) return;
  const address = addressFor(event);
  if (!address) return;
  event.preventDefault();
  htmx.ajax("POST", address, { source: board, swap: "none" });
});
