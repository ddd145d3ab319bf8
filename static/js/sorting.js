// Drag and drop: what was dropped where is told to the server, which draws the result.

import { address } from "./itemmenu.js";
import { bar, chosenNotes, idsOf } from "./selection.js";

const GROUPS = {
  notes: { group: "notes", draggable: ".note" },
  touchpoints: { group: "touchpoints", draggable: ".touchpoint" },
  activities: { group: "activities", draggable: ".doing", sort: false },
  pictures: { group: "pictures", draggable: ".picture" },
  metrics: { group: "metrics", draggable: ".metric" },
  readiness: { group: "readiness", draggable: ".readiness" },
  insights: { group: "insights", draggable: ".insight" },
  contributions: { group: "contributions", draggable: ".contribution" },
  groupable: { group: { name: "contributions", put: fromGroup }, draggable: ".contribution", sort: false },
  grouped: { group: "contributions", draggable: ".grouped-note", sort: false },
  stages: { draggable: ".stage-head", handle: ".stage-head" },
  lanes: { draggable: ".lane", handle: ".lane-grip" },
};

/** Who may only group takes notes out of groups, and moves none from stage to stage. */
function fromGroup(_to, _from, item) {
  return item.matches(".grouped-note");
}

/** Into a group, or out of one on to any column. */
function grouped(item, to) {
  const source = document.getElementById("board");
  const values = { cluster: to.dataset.cluster ?? "" };
  htmx.ajax("POST", item.dataset.group ?? address(item, "group"), { source, values, swap: "none" });
}

function dropped(event) {
  const { item, from, to, oldIndex, newIndex } = event;
  if (from === to && oldIndex === newIndex) return;
  if (from !== to && (to.dataset.cluster || from.dataset.cluster)) return grouped(item, to);
  const cell = to.closest("[data-stage]");
  const values = { before: nextOf(item) };
  if (cell) Object.assign(values, { stage: cell.dataset.stage, lane: cell.dataset.lane ?? "" });
  const source = document.getElementById("board");
  const together = chosenNotes();
  if (together.length > 1 && together.includes(item)) {
    htmx.ajax("POST", bar.dataset.move, { source, values: { ...values, notes: idsOf(together) }, swap: "none" });
    return;
  }
  htmx.ajax("POST", address(named(item), "move"), { source, values, swap: "none" });
}

/** A lane is named by its head. */
function named(item) {
  return item.matches(".lane") ? item.querySelector(":scope > .lane-name") : item;
}

function nextOf(item) {
  let next = item.nextElementSibling;
  while (next && !named(next)?.dataset.id) next = next.nextElementSibling;
  return (next && named(next).dataset.id) ?? "";
}

function sortable(list) {
  const rules = GROUPS[list.dataset.sortable];
  if (!rules || !document.getElementById("item-menu") || window.Sortable.get(list)) return;
  window.Sortable.create(list, {
    ...rules,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    delay: 180,
    delayOnTouchOnly: true,
    filter: "[data-editing], textarea, input, select",
    preventOnFilter: false,
    onStart: () => document.getElementById("map-grid")?.setAttribute("data-dragging", ""),
    onEnd: (event) => {
      document.getElementById("map-grid")?.removeAttribute("data-dragging");
      dropped(event);
    },
  });
}

// Lists are made sortable when the pointer first comes near: a map may have hundreds.
document.addEventListener("pointerover", (event) => {
  const list = event.target.closest?.("[data-sortable]");
  if (list) sortable(list);
  const cell = event.target.closest?.(".cell");
  const inside = cell?.querySelector("[data-sortable]");
  if (inside) sortable(inside);
  const rows = event.target.closest?.(".lane-name")?.closest("[data-sortable=lanes]");
  if (rows) sortable(rows);
});

document.addEventListener("pointerdown", () => {
  for (const list of document.querySelectorAll("[data-sortable]")) sortable(list);
});
