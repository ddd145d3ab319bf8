// A map stage by stage: arrow keys, buttons, swiping. N shows the notes, F fills the screen,
// S opens the speaker's window, Esc leaves. The address names the slide, so a reload and a link come back to it.

import { podium } from "./podium.js";

const SWIPE = 60;
const deck = document.getElementById("deck");
const slides = [...deck.querySelectorAll(".slide")];
const shown = document.querySelector("[data-place-shown]");
const notesButton = document.querySelector("[data-notes]");
const lead = podium(deck.dataset.journey, { here: () => at, goTo: (place) => show(place, { told: true }) });
let at = 0;
let notes = false;

function show(place, { focus = true, told = false } = {}) {
  at = Math.max(0, Math.min(slides.length - 1, place));
  slides.forEach((slide, index) => (slide.hidden = index !== at));
  for (const button of document.querySelectorAll("[data-slide]")) {
    const isCurrent = Number(button.dataset.slide) === at;
    button.toggleAttribute("data-current", isCurrent);
    if (isCurrent) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  }
  for (const button of document.querySelectorAll("[data-by]")) {
    const next = at + Number(button.dataset.by);
    button.disabled = next < 0 || next >= slides.length;
  }
  shown.textContent = deck.dataset.place.replace("%of", slides.length).replace("%n", at + 1);
  history.replaceState(null, "", `#slide-${at}`);
  showNotes();
  slides[at].scrollTo?.(0, 0);
  if (!told) lead.moved(at);
  if (focus) slides[at].focus({ preventScroll: true });
}

function showNotes() {
  for (const each of deck.querySelectorAll(".speaker-notes")) each.hidden = !notes;
  deck.toggleAttribute("data-notes-shown", notes);
  notesButton?.setAttribute("aria-pressed", String(notes));
}

function toggleNotes() {
  notes = !notes;
  showNotes();
}

function toggleFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

function openSpeaker() {
  const link = document.querySelector("[data-speaker]");
  if (link) open(link.href, link.target, "popup,width=900,height=640");
}

const KEYS = {
  ArrowRight: () => show(at + 1),
  ArrowLeft: () => show(at - 1),
  PageDown: () => show(at + 1),
  PageUp: () => show(at - 1),
  Home: () => show(0),
  End: () => show(slides.length - 1),
  Escape: () => location.assign(deck.dataset.map),
  n: () => notesButton && toggleNotes(),
  f: toggleFull,
  s: openSpeaker,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && !event.target.closest("button, a")) {
    event.preventDefault();
    show(at + (event.shiftKey ? -1 : 1));
    return;
  }
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest("[data-speaker]")) {
    event.preventDefault();
    openSpeaker();
  }
  const button = target.closest("button");
  if (!button) return;
  if (button.dataset.by) show(at + Number(button.dataset.by), { focus: false });
  if (button.dataset.slide) show(Number(button.dataset.slide), { focus: false });
  if ("notes" in button.dataset) toggleNotes();
  if ("full" in button.dataset) toggleFull();
});

let start = null;
deck.addEventListener("touchstart", ({ touches }) => {
  start = touches.length === 1 ? { x: touches[0].clientX, y: touches[0].clientY } : null;
}, { passive: true });
deck.addEventListener("touchend", ({ changedTouches: [touch] }) => {
  if (!start) return;
  const [x, y] = [touch.clientX - start.x, touch.clientY - start.y];
  if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) show(at + (x < 0 ? 1 : -1));
}, { passive: true });
addEventListener("hashchange", () => show(Number(location.hash.replace("#slide-", "")) || 0));

show(Number(location.hash.replace("#slide-", "")) || 0);
