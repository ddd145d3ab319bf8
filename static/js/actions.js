// What was decided: a card is dragged to another status. By keyboard Alt and an arrow do the same,
// and on the board of all workshops the status is chosen on the card, too.

const ARROWS = { ArrowLeft: "left", ArrowRight: "right" };

const everything = () => document.getElementById("all-actions");

/** The board of all workshops is drawn anew, narrowed as it is; a workshop's own board by pieces. */
async function move(card, values) {
  if (!everything()) {
    const source = document.getElementById("board");
    return htmx.ajax("POST", card.dataset.move, { source, values, swap: "none" });
  }
  const narrowed = Object.fromEntries(new FormData(document.getElementById("actions-filter")));
  const source = document.getElementById("actions-filter");
  const id = card.querySelector("[data-status-of]")?.id;
  await htmx.ajax("POST", card.dataset.move, {
    source,
    target: "#all-actions",
    swap: "outerHTML",
    values: { ...narrowed, ...values, page: "all" },
  });
  document.getElementById(id)?.focus();
}

function dropped({ item, from, to }) {
  if (from !== to) move(item, { status: to.dataset.actionColumn });
}

document.addEventListener("pointerdown", ({ target }) => {
  if (!target.closest?.("[data-action-column] [data-move]")) return;
  for (const list of document.querySelectorAll("[data-action-column]")) {
    if (window.Sortable.get(list)) continue;
    window.Sortable.create(list, {
      group: "actions",
      draggable: "[data-move]",
      sort: false,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      delay: 180,
      delayOnTouchOnly: true,
      filter: "[data-editing], textarea, input, select, a, .icon-button, .link-button",
      preventOnFilter: false,
      onEnd: dropped,
    });
  }
}, true);

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-status-of]")) move(target.closest("[data-move]"), { status: target.value });
});

// On a workshop's own board the menu of items has these keys already.
document.addEventListener("keydown", (event) => {
  const direction = event.altKey && ARROWS[event.key];
  const card = direction && everything() && event.target.closest?.("[data-move]");
  if (!card) return;
  event.preventDefault();
  move(card, { direction });
});
