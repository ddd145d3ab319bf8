/**
 * Hangs on each item what is said about it: open threads, its owner, whether others changed it.
 * The marks come as one small list (#marks), apart from the cells, and hold no text of their
 * own: what changed in a cell is told by its text.
 */
import { openPanel } from "./panel.js";

const attention = document.getElementById("attention");
const OTHER_PLACES = { lane: "lane-name", journey: "journey-head", workshop: "workshop-head" };
const READABLE = ".note-text, blockquote, .lane-title, .stage-title";
let unread = new Set();
let chosen = null;
let waiting = false;

/** The element that stands for `note-12`, wherever it is on the page. */
function elementOf(about) {
  const [type, id] = about.split("-");
  const place = OTHER_PLACES[type];
  if (place) return document.getElementById(type === "lane" ? `${place}-${id}` : place);
  const named = document.getElementById(about);
  return named ?? document.querySelector(`[data-about="${CSS.escape(about)}"]:not(#marks *, #panel *)`);
}

/** What an element is about: `note-12`. */
function aboutOf(element) {
  const item = element?.closest("[data-about], [data-item], #journey-head, #workshop-head");
  if (!item) return null;
  if (item.dataset.about) return item.dataset.about;
  const board = document.getElementById("board").dataset.board;
  if (/^(journey|workshop)-head$/.test(item.id)) return `${item.id.split("-")[0]}-${board}`;
  const [, type, id] = item.id.match(/^([a-z]+)(?:-name)?-(\d+)$/) ?? [];
  return type ? `${type}-${id}` : null;
}

function copyOf(name) {
  return document.getElementById(name).content.firstElementChild.cloneNode(true);
}

function drawn(about, mark) {
  const marks = document.createElement("span");
  marks.className = "marks";
  if (unread.has(about)) marks.append(copyOf("mark-unread"));
  if (mark?.dataset.comments && !about.startsWith("stage-")) marks.append(commentsMark(about, mark));
  if (mark?.dataset.ground) marks.append(groundMark(about, mark));
  if (mark?.dataset.flag) marks.append(flagMark(mark));
  if (mark?.dataset.ownerLabel) marks.append(ownerMark(mark));
  return marks;
}

function commentsMark(about, { dataset }) {
  const button = copyOf("mark-comments");
  button.id = `mark-${about}`;
  button.dataset.commentsOn = about;
  button.dataset.count = dataset.comments;
  button.setAttribute("aria-label", dataset.commentsLabel);
  return button;
}

function groundMark(about, { dataset }) {
  const button = copyOf("mark-ground");
  button.id = `ground-${about}`;
  button.dataset.ground = dataset.ground;
  button.dataset.opensPanel = dataset.groundAddress;
  button.title = dataset.groundLabel;
  button.setAttribute("aria-label", dataset.groundLabel);
  return button;
}

function flagMark({ dataset }) {
  const link = copyOf("mark-flag");
  link.href = dataset.flagAddress;
  link.title = dataset.flag;
  link.setAttribute("aria-label", dataset.flag);
  return link;
}

function ownerMark({ dataset }) {
  const avatar = copyOf("mark-owner");
  avatar.dataset.initials = dataset.initials;
  if (dataset.colour) avatar.dataset.colour = dataset.colour;
  avatar.title = dataset.ownerLabel;
  avatar.setAttribute("aria-label", dataset.ownerLabel);
  return avatar;
}

function hang() {
  waiting = false;
  const wanted = new Map();
  for (const mark of document.querySelectorAll("#marks > li")) wanted.set(mark.dataset.about, mark);
  for (const about of unread) if (!wanted.has(about)) wanted.set(about, null);
  const marked = new Set();
  for (const [about, mark] of wanted) {
    const element = elementOf(about);
    if (!element || element.querySelector("[data-editing]")) continue;
    marked.add(element);
    put(element, drawn(about, mark), mark?.dataset.owner);
  }
  for (const old of document.querySelectorAll(".marks")) {
    if (marked.has(old.parentElement)) continue;
    delete old.parentElement.dataset.owner;
    old.remove();
  }
}

function put(element, marks, owner) {
  if (owner) element.dataset.owner = owner;
  else delete element.dataset.owner;
  const present = element.querySelector(":scope > .marks");
  if (present?.isEqualNode(marks)) return;
  if (!present) {
    if (marks.childElementCount) element.append(marks);
  } else if (!marks.childElementCount) present.remove();
  else if (!present.contains(document.activeElement)) present.replaceWith(marks);
}

function hangSoon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(hang);
}

// --- Comments, owner and link of an item ---------------------------------------------------------
function addressOf(base, about) {
  const [type, id] = about.split("-");
  return `${base}?type=${type}&id=${id}`;
}

function openComments(about, from) {
  return openPanel(addressOf(attention.dataset.comments, about), from);
}

function focusable(item) {
  return item?.querySelector("button[id]") ?? item;
}

async function copyLink(about) {
  const link = `${location.origin}${location.pathname}#${about}`;
  try {
    await navigator.clipboard.writeText(link);
    tell(attention.dataset.copied);
  } catch {
    tell(`${attention.dataset.notCopied} ${link}`);
  }
}

/** A sentence for everybody: seen for a moment, read to who listens. */
function tell(words) {
  document.dispatchEvent(new CustomEvent("announce", { detail: words }));
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.append(Object.assign(document.createElement("p"), { textContent: words }));
  document.getElementById("toasts").replaceChildren(toast);
  setTimeout(() => toast.remove(), 6000);
}

function act(name, about, from) {
  if (name === "comments") openComments(about, from);
  if (name === "owner" && attention.dataset.owner) openPanel(addressOf(attention.dataset.owner, about), from);
  if (name === "evidence") openPanel(addressOf(attention.dataset.evidence, about), from);
  if (name === "link") copyLink(about);
}

document.addEventListener("click", (event) => {
  const { target } = event;
  const opener = target.closest("[data-menu]");
  if (opener) chosen = opener.closest("[data-item]");
  const button = target.closest("[data-about-act]");
  if (button) {
    button.closest("[popover]")?.hidePopover();
    const here = button.closest("[data-item]");
    const item = here ?? (chosen && (document.getElementById(chosen.id) ?? chosen));
    const about = aboutOf(item);
    if (about) act(button.dataset.aboutAct, about, focusable(item));
  }
  const mark = target.closest("[data-comments-on]");
  if (mark) openComments(mark.dataset.commentsOn, mark);
  const opens = target.closest("[data-opens-panel]");
  if (opens) openPanel(opens.dataset.opensPanel, opens);
  const link = target.closest("[data-copy-link]");
  if (link) copyLink(link.dataset.copyLink);
  if (target.closest("[data-seen]")) {
    target.closest("#since-visit").replaceChildren();
    unread = new Set();
    hangSoon();
  }
  const reading = target.closest("[data-reads]");
  if (reading) openComments(aboutOf(reading), reading);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const { target } = event;
  const reading = target.closest?.("[data-reads]");
  if (reading && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    openComments(aboutOf(reading), reading);
  }
  if (event.key.toLowerCase() !== "c" || event.shiftKey) return;
  if (target.closest("input:not([type=range]), textarea, select, [data-editing], [contenteditable]")) return;
  const inMenu = target.closest("[popover]");
  const item = inMenu ? chosen : target.closest("[data-about], [data-item]");
  const about = item && !item.closest("#panel") && aboutOf(item);
  if (!about) return;
  event.preventDefault();
  inMenu?.hidePopover();
  openComments(about, target.id && !inMenu ? target : focusable(item));
});

// --- Who may only read has no menus: a click or Enter on an item opens its comments. ---------------
function lendHands() {
  if (document.querySelector("#map-grid [data-menu]")) return;
  const items = "#map-grid [data-item]:not(:has(button.note-text, button.lane-title, button.stage-title, [data-reads]))";
  for (const item of document.querySelectorAll(items)) {
    const words = item.querySelector(READABLE);
    if (!words || words.closest("button, a")) continue;
    words.dataset.reads = "";
    words.id ||= `reads-${aboutOf(item)}`;
    words.tabIndex = 0;
    words.setAttribute("role", "button");
    words.title = attention.dataset.open;
  }
}

function takeUnread() {
  const news = document.getElementById("since-visit");
  if (!news?.dataset.unread) return;
  unread = new Set(news.dataset.unread.split(" "));
  delete news.dataset.unread;
}

if (attention) {
  const again = ({ target }) => {
    if (target.id === "marks") document.body.dispatchEvent(new CustomEvent("comments-changed"));
    takeUnread();
    lendHands();
    hangSoon();
  };
  document.addEventListener("htmx:after:settle", again);
  document.addEventListener("htmx:after:swap", () => {
    takeUnread();
    hangSoon();
  });
  lendHands();
  hang();
}

export { aboutOf, elementOf, openComments, tell };
