// The speaker's window: notes, what comes next, the time. It moves with the presentation.

import { podium } from "./podium.js";

const deck = document.getElementById("podium");
const pages = [...deck.querySelectorAll(".speaking-page")];
const shown = document.querySelector("[data-place-shown]");
const clock = document.querySelector("[data-clock]");
const elapsed = document.querySelector("[data-elapsed]");
const lead = podium(deck.dataset.journey, { here: () => at, goTo: (place) => show(place) });
let at = 0;
let since = Date.now();

for (const [index, page] of pages.entries()) {
  const next = page.querySelector("[data-next-title]");
  if (next) next.textContent = `${index + 1} ${pages[index + 1].dataset.title}`;
}

function show(place) {
  at = Math.max(0, Math.min(pages.length - 1, place));
  pages.forEach((page, index) => (page.hidden = index !== at));
  for (const button of document.querySelectorAll("[data-by]")) {
    const next = at + Number(button.dataset.by);
    button.disabled = next < 0 || next >= pages.length;
  }
  shown.textContent = deck.dataset.place.replace("%of", pages.length).replace("%n", at + 1);
}

function move(place) {
  show(place);
  lead.moved(at);
}

function tick() {
  const passed = Math.floor((Date.now() - since) / 1000);
  clock.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  elapsed.textContent = `${Math.floor(passed / 60)}:${String(passed % 60).padStart(2, "0")}`;
}

const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onButton = event.key === " " && event.target.closest("button");
  const by = event.key === " " ? (event.shiftKey ? -1 : 1) : STEPS[event.key];
  if (!by || onButton) return;
  event.preventDefault();
  move(at + by);
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.by) move(at + Number(button.dataset.by));
  if (button?.matches("[data-restart]")) {
    since = Date.now();
    tick();
  }
});

show(0);
lead.ask();
tick();
setInterval(tick, 1000);
