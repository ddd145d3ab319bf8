// The gap analysis: asked for again, narrowed as it is, when something that it counts has changed.

import "./dialogs.js";
import "./drafts.js";
import "./inplace.js";
import "./outbox.js";
import "./undokeys.js";

const mark = () => document.getElementById("gaps-mark");
let shown = mark()?.dataset.at;
let asking = false;

async function refresh() {
  const wanted = mark()?.dataset.at;
  if (!wanted || wanted === shown || asking || document.querySelector("#gaps [data-editing]")) return;
  asking = true;
  try {
    const source = document.getElementById("board");
    const here = document.activeElement?.closest("#gaps [id]")?.id;
    await htmx.ajax("GET", location.pathname + location.search, { source, target: "#gaps", swap: "outerHTML" });
    if (here) document.getElementById(here)?.focus({ preventScroll: true });
    shown = wanted;
  } finally {
    asking = false;
  }
}

document.addEventListener("htmx:after:settle", refresh);
document.querySelector("[data-gap-filters]")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());
