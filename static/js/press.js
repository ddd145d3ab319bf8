// `data-press="selector"`: an entry of a menu that stands for a button which has no room on a
// narrow screen. It is pressed once the menu has closed.

document.addEventListener("click", ({ target }) => {
  const entry = target.closest("[data-press]");
  if (!entry) return;
  setTimeout(() => {
    const button = document.querySelector(entry.dataset.press);
    button?.click();
    button?.closest("details.menu[open]")?.querySelector(".popover")?.focus();
  });
});
