// A region that is narrowed by the address: its mark tells when it has changed, and it is asked for
// again as it is narrowed here.
//
// <div id="gaps-mark" data-at="12"> … <div id="gaps">

import { focusOn } from "./inplace.js";

export function askAgain(name) {
  const mark = () => document.getElementById(`${name}-mark`);
  let shown = mark()?.dataset.at;
  let asking = false;
  let lastPlace = null;

  async function refresh() {
    const wanted = mark()?.dataset.at;
    if (!wanted || wanted === shown || asking || document.querySelector(`#${name} [data-editing]`)) return;
    asking = true;
    try {
      const source = document.getElementById("board");
      await htmx.ajax("GET", location.pathname + location.search, { source, target: `#${name}`, swap: "outerHTML" });
      if (document.activeElement === document.body) focusOn(lastPlace);
      shown = wanted;
    } finally {
      asking = false;
    }
  }

  document.addEventListener("focusin", ({ target }) => {
    lastPlace = target.closest(`#${name} [id]:not(input, select, textarea)`)?.id ?? null;
  });
  document.addEventListener("htmx:after:settle", refresh);
}
