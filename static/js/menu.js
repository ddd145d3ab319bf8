/** Menus are <details class="menu">: one open at a time, closed by Esc, a choice or a click elsewhere. */
const OPEN = "details.menu[open]";
const ITEMS = ".menu-list :is(a, button, input:not([type=hidden]), select):not(:disabled)";

function close(menu, { focus = false } = {}) {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
}

/** Opens upwards or to the other side where the scrolling parent would hide it. */
function place(menu) {
  delete menu.dataset.placement;
  delete menu.dataset.align;
  const list = menu.querySelector(".menu-list, .popover");
  if (!list) return;
  const frame = (menu.closest(".map-scroll, .table-scroll, .panel-body") ?? document.documentElement).getBoundingClientRect();
  const box = list.getBoundingClientRect();
  const bottom = Math.min(frame.bottom, innerHeight);
  const above = menu.getBoundingClientRect().top - Math.max(frame.top, 0);
  if (box.bottom > bottom && above > box.height) menu.dataset.placement = "up";
  if (box.right > Math.min(frame.right, innerWidth)) menu.dataset.align = "end";
}

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.(OPEN)) return;
    for (const other of document.querySelectorAll(OPEN)) {
      if (other !== target && !other.contains(target)) close(other);
    }
    target.dispatchEvent(new CustomEvent("opened"));
    place(target);
  },
  true,
);

document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(OPEN)) {
    if (!menu.contains(target) || target.closest?.(".menu-list :is(a, button)")) close(menu);
  }
});

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest?.(OPEN);
  if (menu && relatedTarget && !menu.contains(relatedTarget)) close(menu);
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(OPEN);
  if (!menu) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    close(menu, { focus: true });
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.altKey || event.target.matches("select, input, textarea")) return;
    event.preventDefault();
    const items = [...menu.querySelectorAll(ITEMS)].filter((each) => each.checkVisibility());
    const step = event.key === "ArrowDown" ? 1 : -1;
    const at = items.indexOf(document.activeElement);
    const next = at < 0 && step < 0 ? items.length - 1 : (at + step + items.length) % items.length;
    items[next]?.focus();
  }
});
