// The map as an outline or a table: edited in place as on the map itself.

import "./columns.js";
import "./dialogs.js";
import "./drafts.js";
import "./inplace.js";
import "./itemmenu.js";
import "./marks.js";
import "./outbox.js";
import "./people.js";
import "./reveal.js";
import "./sorting.js";
import "./undokeys.js";
import "./voices.js";

// --- The table is sorted and narrowed by its reader -----------------------------------------
const ORDER = { stage: "data-stage-place", lane: "data-lane-place" };
let sortedBy = "stage";

const rows = () => [...document.querySelectorAll(".map-table > tbody > tr")];

function sort() {
  const body = document.querySelector(".map-table > tbody");
  if (!body) return;
  const [first, second] = sortedBy === "lane" ? ["lane", "stage"] : ["stage", "lane"];
  const place = (row, by) => Number(row.getAttribute(ORDER[by]));
  const wanted = rows().sort((a, b) => place(a, first) - place(b, first) || place(a, second) - place(b, second));
  if (wanted.some((row, index) => body.children[index] !== row)) body.append(...wanted);
  for (const button of document.querySelectorAll("[data-sort]")) {
    const isUsed = button.dataset.sort === sortedBy;
    button.closest("th").setAttribute("aria-sort", isUsed ? "ascending" : "none");
  }
}

function narrow() {
  const onlyFilled = document.querySelector("[data-only-filled]");
  const wanted = document.querySelector("[data-table-words]")?.value.trim().toLowerCase();
  for (const row of rows()) {
    const isEmpty = onlyFilled?.checked && !row.querySelector("[data-item], [data-editing], [data-score]");
    row.hidden = Boolean(isEmpty || (wanted && !row.textContent.toLowerCase().includes(wanted)));
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-sort]");
  if (!button) return;
  sortedBy = button.dataset.sort;
  sort();
});
document.addEventListener("input", ({ target }) => {
  if (target.closest("[data-only-filled], [data-table-words]")) narrow();
});
document.addEventListener("htmx:after:settle", () => {
  sort();
  narrow();
});
sort();
