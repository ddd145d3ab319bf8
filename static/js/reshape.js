// What a stage's menu asks before it does it: the form comes into a dialog.

import { address, chosenItem } from "./itemmenu.js";

const dialog = document.getElementById("reshape");
const body = document.getElementById("reshape-body");

document.getElementById("item-menu")?.addEventListener("click", async (event) => {
  const ask = event.target.closest("[data-ask]")?.dataset.ask;
  if (!ask) return;
  const item = chosenItem();
  document.getElementById("item-menu").hidePopover();
  body.replaceChildren();
  await htmx.ajax("GET", address(item, ask), { source: body, target: body, swap: "innerHTML" });
  dialog.showModal();
});
