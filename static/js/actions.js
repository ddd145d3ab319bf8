// What was decided: a card is dragged to another status. By keyboard Alt and an arrow do the same,
// and on the board of all workshops the status is chosen on the card, too.

const ARROWS = { ArrowLeft: "left", ArrowRight: "right" };

let moving = Promise.resolve();

const everything = () => document.getElementById("all-actions");

/** A workshop's own board is brought up to date by pieces. */
function move(card, values) {
  if (everything()) return (moving = moving.then(() => moveAmongAll(card, values)).catch(() => {}));
  const source = document.getElementById("board");
  return htmx.ajax("POST", card.dataset.move, { source, values, swap: "none" });
}

/** The board of all workshops is drawn anew, narrowed as it is: one move after the other. */
async function moveAmongAll(card, values) {
  const source = document.getElementById("actions-filter");
  const narrowed = Object.fromEntries(new FormData(source));
  await htmx.ajax("POST", card.dataset.move, {
    source,
    target: "#all-actions",
    swap: "outerHTML",
    values: { ...narrowed, ...values, page: "all" },
  });
  document.getElementById(card.id)?.querySelector("[data-status-of]")?.focus();
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
