/**
 * Tells the others in which cell somebody works, shows where they are, and notes on leaving how far
 * the board was seen. Hints only: what does not arrive is missed by nobody.
 */
const PLACES = ".cell[id], .stage-head[id], .lane-name[id], .contribution[id], .proposal[id]";
const TELL_AGAIN = 25000;
const SETTLED = 400;
const attention = document.getElementById("attention");
const board = document.getElementById("board");
const token = JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}")["X-CSRFToken"];
let place = "";
let told = "";
let timer = null;

function send(address, values) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token);
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  return navigator.sendBeacon(address, body);
}

function tellPlace() {
  if (place === told && !place) return;
  told = place;
  send(attention.dataset.here, { place });
}

function move(element) {
  const next = document.hidden ? "" : (element?.closest?.(PLACES)?.id ?? "");
  if (next === place) return;
  place = next;
  clearTimeout(timer);
  timer = setTimeout(tellPlace, SETTLED);
}

function showOthers() {
  const { me } = attention.dataset;
  const here = new Map();
  for (const person of document.querySelectorAll("#presence [data-place]")) {
    if (person.dataset.user === me) continue;
    const others = here.get(person.dataset.place) ?? [];
    here.set(person.dataset.place, [...others, person]);
  }
  for (const old of document.querySelectorAll(".here-marks")) {
    if (!here.has(old.parentElement.id)) old.remove();
  }
  for (const [id, others] of here) mark(document.getElementById(id), others);
}

function mark(element, others) {
  if (!element) return;
  const marks = document.createElement("span");
  marks.className = "here-marks";
  marks.append(...others.slice(0, 4).map(chip));
  const present = element.querySelector(":scope > .here-marks");
  if (present?.isEqualNode(marks)) return;
  if (present) present.replaceWith(marks);
  else element.append(marks);
}

function chip({ dataset, title }) {
  const mark = document.getElementById("mark-here").content.firstElementChild.cloneNode(true);
  mark.dataset.initials = dataset.initials;
  mark.dataset.colour = dataset.colour;
  mark.title = title;
  return mark;
}

function leave() {
  move(null);
  clearTimeout(timer);
  tellPlace();
  send(attention.dataset.visited, { version: board.dataset.version });
}

if (attention && board) {
  document.addEventListener("focusin", ({ target }) => move(target));
  document.addEventListener("focusout", ({ relatedTarget }) => move(relatedTarget));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave();
    else move(document.activeElement);
  });
  addEventListener("pagehide", leave);
  setInterval(() => {
    if (place && !document.hidden) send(attention.dataset.here, { place });
  }, TELL_AGAIN);
  document.addEventListener("htmx:after:settle", showOthers);
}
