// Two personas side by side: what changes on the board is fetched again, as these two see it.

import "./inplace.js";
import "./outbox.js";
import "./undokeys.js";

const board = document.getElementById("board");

function refresh(swap) {
  const target = document.getElementById("beside");
  if (target) htmx.ajax("GET", location.pathname + location.search, { source: board, target, swap });
}

new MutationObserver(() => refresh("outerMorph")).observe(board, { attributeFilter: ["data-version"] });

// A form gives way when it has been saved or left.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.request?.method === "POST" && ctx.response?.status === 200) refresh("outerHTML");
});

document.addEventListener("htmx:after:swap", () => {
  if (document.querySelector("#beside form[data-leaving]")) refresh("outerHTML");
});
