// Copy, cut and paste of notes: as rows and columns for spreadsheets, with their places for
// maps. What was copied last is remembered, for the buttons of the bar and for other tabs.

import { placeOf } from "./grid.js";
import { bar, FIELD, idsOf, post, say, subjects, targetCell } from "./selection.js";

const OWN = "application/x-waymark-notes";
const KEPT = "waymark-notes";
const board = document.getElementById("board")?.dataset.board;

function pieces(notes) {
  const places = notes.map((note) => placeOf(note.closest(".cell")));
  const top = Math.min(...places.map(({ row }) => row));
  const left = Math.min(...places.map(({ column }) => column));
  const words = (note) => note.querySelector(":scope > .note-text").textContent;
  return notes.map((note, at) => [places[at].row - top, places[at].column - left, words(note)]);
}

function asTable(found) {
  const rows = [];
  for (const [row, column, text] of found) {
    rows[row] ??= [];
    rows[row][column] = rows[row][column] === undefined ? text : `${rows[row][column]}\n${text}`;
  }
  const quoted = (text = "") => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return Array.from(rows, (row) => Array.from(row ?? [], quoted).join("\t")).join("\n");
}

function copied(cut) {
  const notes = subjects();
  if (!notes.length) return null;
  const found = pieces(notes);
  const own = { board, notes: idsOf(notes), pieces: found, cut };
  const kept = { text: asTable(found), own: JSON.stringify(own) };
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // A full store: the clipboard itself still has it.
  }
  for (const old of document.querySelectorAll(".note.is-cut")) old.classList.remove("is-cut");
  if (cut) for (const note of notes) note.classList.add("is-cut");
  const { copiedOne, copiedMany, cutOne, cutMany } = bar.dataset;
  const words = cut ? [cutOne, cutMany] : [copiedOne, copiedMany];
  say(words[notes.length === 1 ? 0 : 1].replace("%n", notes.length));
  return kept;
}

function isElsewhere() {
  return !bar || document.activeElement?.closest(FIELD) || !getSelection().isCollapsed;
}

function onCopy(event, cut) {
  const kept = isElsewhere() ? null : copied(cut);
  if (!kept) return;
  event.clipboardData.setData("text/plain", kept.text);
  event.clipboardData.setData(OWN, kept.own);
  event.preventDefault();
}

document.addEventListener("copy", (event) => onCopy(event, false));
document.addEventListener("cut", (event) => onCopy(event, true));

// --- Paste -------------------------------------------------------------------------------------
function addressOf(cell) {
  const { stage, lane } = cell.dataset;
  return bar.dataset.paste.replace("/stages/0/lanes/0/", `/stages/${stage}/lanes/${lane}/`);
}

function ownOf(text) {
  try {
    const own = JSON.parse(text);
    return Array.isArray(own?.pieces) ? own : null;
  } catch {
    return null;
  }
}

function paste(text, own, isTable) {
  const cell = targetCell();
  if (!cell) return say(bar.dataset.chooseCell);
  if (text.length > Number(bar.dataset.most)) return refuse(bar.dataset.tooLarge);
  const { stage, lane } = cell.dataset;
  const stays = cell.id;
  const focus = () => {
    if (document.activeElement === document.body) document.getElementById(stays)?.querySelector(".note-text, .add-note")?.focus();
  };
  if (own?.cut && own.board === board) {
    localStorage.removeItem(KEPT);
    return post(bar.dataset.move, { notes: own.notes, stage, lane, before: "" }).then(focus);
  }
  const sent = own ? (own.board === board ? { notes: own.notes } : { pieces: JSON.stringify(own.pieces) }) : { text, is_table: isTable ? "true" : "" };
  return post(addressOf(cell), sent).then(focus);
}

function refuse(words) {
  const toast = document.getElementById("refused-paste").content.cloneNode(true);
  toast.querySelector("p").textContent = words;
  document.getElementById("toasts").replaceChildren(toast);
}

document.addEventListener("paste", (event) => {
  if (!bar || event.target.closest?.(FIELD)) return;
  const { clipboardData: data } = event;
  const text = data.getData("text/plain");
  if (!text) return;
  event.preventDefault();
  paste(text, ownOf(data.getData(OWN)), data.getData("text/html").includes("<table"));
});

/** The buttons cannot always read the clipboard: then what was copied here last is pasted. */
async function pasteByButton() {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  const text = await navigator.clipboard?.readText?.().catch(() => null);
  if (kept && (text == null || text === kept.text)) paste(kept.text, ownOf(kept.own), false);
  else if (text) paste(text, null, false);
  else say(bar.dataset.nothing);
}

function copyByButton(cut) {
  const kept = copied(cut);
  if (kept) navigator.clipboard?.writeText?.(kept.text).catch(() => {});
}

bar?.addEventListener("click", (event) => {
  const command = event.target.closest("[data-command]")?.dataset.command;
  if (command === "copy" || command === "cut") copyByButton(command === "cut");
  if (command === "paste") pasteByButton();
});
