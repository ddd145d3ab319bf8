/** `data-copy="#id"` copies what a field holds and says so; without a clipboard it selects the text. */
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const field = document.querySelector(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    if (!document.execCommand("copy")) return;
  }
  const label = button.querySelector("span");
  const before = label.textContent;
  label.textContent = button.dataset.copied;
  document.getElementById("announce").textContent = button.dataset.copied;
  setTimeout(() => {
    label.textContent = before;
  }, 2000);
});
