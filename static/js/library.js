// One tick for all insights of the page.

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-all]")) return;
  for (const each of document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(target.dataset.all)}"]`)) {
    each.checked = target.checked;
  }
});
