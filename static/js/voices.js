// Whose voice a note is: the note's menu gives way to the personas of the map.

import { address, choose, chosenItem, post } from "./itemmenu.js";

const menu = document.getElementById("item-menu");
const list = document.getElementById("voice-menu");

async function offerVoices() {
  const note = chosenItem();
  await htmx.ajax("GET", address(note, "voice"), { source: list, target: list, swap: "innerHTML" });
  menu.hidePopover();
  list.showPopover();
  const box = note.getBoundingClientRect();
  const below = box.bottom + list.offsetHeight + 8 < innerHeight;
  list.style.left = `${Math.max(8, Math.min(box.left, innerWidth - list.offsetWidth - 8))}px`;
  list.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - list.offsetHeight - 4)}px`;
  (list.querySelector('[aria-checked="true"]') ?? list.querySelector("button"))?.focus();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-voices]");
  if (!button) return;
  if (!menu.contains(button)) choose(button.closest("[data-item]"));
  offerVoices();
});

list?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-voice]");
  if (!button) return;
  const note = chosenItem();
  list.hidePopover();
  if (note) post(note, "voice", { persona: button.dataset.voice });
});
