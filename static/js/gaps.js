// The gap analysis: asked for again, narrowed as it is, when something that it counts has changed.

import "./dialogs.js";
import "./drafts.js";
import { focusOn } from "./inplace.js";
import "./outbox.js";
import "./undokeys.js";

const mark = () => document.getElementById("gaps-mark");
let shown = mark()?.dataset.at;
let asking = false;
let lastPlace = null;

async function refresh() {
  const wanted = mark()?.dataset.at;
  if (!wanted || wanted === shown || asking || document.querySelector("#gaps [data-editing]")) return;
  asking = true;
  try {
    const source = document.getElementById("board");
    await htmx.ajax("GET", location.pathname + location.search, { source, target: "#gaps", swap: "outerHTML" });
    if (document.activeElement === document.body) focusOn(lastPlace);
    shown = wanted;
  } finally {
    asking = false;
  }
}

document.addEventListener("focusin", ({ target }) => {
  lastPlace = target.closest("#gaps [id]:not(input, select, textarea)")?.id ?? null;
});
document.addEventListener("htmx:after:settle", refresh);
document.querySelector("[data-gap-filters]")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());
