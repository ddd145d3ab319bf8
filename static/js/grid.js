// The map as rows and columns: where a note stands, and what stands beside it.

const NOTE_LIST = ":scope > [data-sortable=notes]";

function lanes() {
  return [...document.querySelectorAll("#map-grid > .lane")];
}

function cellsOf(lane) {
  return [...lane.querySelectorAll(":scope > .cell")];
}

/** The lanes that hold notes, in order. */
function noteLanes() {
  return lanes().filter((lane) => lane.querySelector(`:scope > .cell > [data-sortable=notes]`));
}

function holdsNotes(cell) {
  return cell?.querySelector(NOTE_LIST) != null;
}

/** { row, column } of a cell among the lanes of notes. */
function placeOf(cell) {
  const lane = cell.closest(".lane");
  return { row: noteLanes().indexOf(lane), column: cellsOf(lane).indexOf(cell) };
}

function notesOf(cell) {
  return [...cell.querySelectorAll(`${NOTE_LIST} > .note[data-id]`)];
}

/** The notes in the rectangle of cells that two notes span; of one cell, those between them. */
function between(from, to) {
  const cells = [from.closest(".cell"), to.closest(".cell")];
  const [a, b] = cells.map(placeOf);
  if (cells[0] === cells[1]) {
    const notes = notesOf(cells[0]);
    const ends = [notes.indexOf(from), notes.indexOf(to)].sort((x, y) => x - y);
    return notes.slice(ends[0], ends[1] + 1);
  }
  const isInside = (at, x, y) => Math.min(x, y) <= at && at <= Math.max(x, y);
  return noteLanes()
    .filter((_, row) => isInside(row, a.row, b.row))
    .flatMap((lane) => cellsOf(lane).filter((_, column) => isInside(column, a.column, b.column)))
    .flatMap(notesOf);
}

const STOPS = ".note-text, .add-note, input[type=range]";
const NOTES = ".note[data-id] > .note-text";

function stops(cell, kind) {
  return [...(cell?.querySelectorAll(kind) ?? [])].filter((each) => each.checkVisibility?.() ?? true);
}

/** What has the focus next when an arrow key is pressed in a cell; with NOTES, the next note. */
function beside(element, direction, kind = STOPS) {
  const cell = element.closest(".cell");
  const here = stops(cell, kind);
  const step = { up: -1, left: -1, down: 1, right: 1 }[direction];
  const isAlong = direction === "up" || direction === "down";
  const next = isAlong && here[here.indexOf(element) + step];
  if (next) return next;
  const lane = cell.closest(".lane");
  const column = cellsOf(lane).indexOf(cell);
  const cells = isAlong ? lanes().map((each) => cellsOf(each)[column]) : cellsOf(lane);
  for (let at = cells.indexOf(cell) + step; cells[at]; at += step) {
    const found = stops(cells[at], kind);
    if (found.length) return found.at(direction === "up" ? -1 : 0);
  }
  return null;
}

export { beside, holdsNotes, notesOf, placeOf, between, NOTES };
