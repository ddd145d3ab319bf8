// Arrows above the map: a click or Enter opens the form; the row can be put away.

import { chosenItem } from "./itemmenu.js";

const HIDDEN = "paths-hidden";

function open(address) {
  const dialog = document.getElementById("path-dialog");
  document.getElementById("path-dialog-body").replaceChildren();
  dialog.showModal();
  htmx.ajax("GET", address, { source: dialog, target: "#path-dialog-body", swap: "innerHTML" });
}

document.addEventListener("click", (event) => {
  const arrow = event.target.closest?.("a[data-path]");
  if (arrow && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    open(arrow.dataset.path);
  }
  const entry = event.target.closest?.("#item-menu [data-path-from]");
  if (entry) {
    document.getElementById("item-menu").hidePopover();
    open(`${entry.dataset.pathFrom}?from=${chosenItem()?.dataset.id ?? ""}`);
  }
  if (event.target.closest?.("[data-paths-toggle]")) {
    sessionStorage.setItem(HIDDEN, sessionStorage.getItem(HIDDEN) ? "" : "yes");
    show();
  }
});

function show() {
  const hidden = Boolean(sessionStorage.getItem(HIDDEN));
  document.querySelector(".map-scroll")?.toggleAttribute("data-paths-hidden", hidden);
  document.querySelector("[data-paths-toggle]")?.setAttribute("aria-expanded", String(!hidden));
}

show();
document.addEventListener("htmx:after:swap", show);
