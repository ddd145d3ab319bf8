// Ctrl+Z and Ctrl+Shift+Z, wherever nobody is writing.

const board = document.getElementById("board");

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  if (event.target.closest("input:not([type=range]), textarea, select") || !board.dataset.undo) return;
  event.preventDefault();
  const address = event.shiftKey ? board.dataset.redo : board.dataset.undo;
  htmx.ajax("POST", address, { source: board, swap: "none" });
});
