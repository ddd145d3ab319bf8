// Who signs out, or leaves a map as its guest, leaves no words behind in the browser.

document.addEventListener("submit", ({ target }) => {
  if (!target.matches?.("form[data-forgets]")) return;
  const prefix = `draft:${document.body.dataset.user ?? ""}:`;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix)) localStorage.removeItem(key);
  }
});
