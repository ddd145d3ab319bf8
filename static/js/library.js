// One tick for all that the page lists.

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-all]")) return;
  for (const each of document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(target.dataset.all)}"]`)) {
    each.checked = target.checked;
  }
});

// Words about a participant that this browser keeps go with them.
document.addEventListener("submit", ({ target }) => {
  const about = target.dataset.forgets;
  if (!about) return;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("draft:") && key.includes(`:${about}:`)) localStorage.removeItem(key);
  }
});
