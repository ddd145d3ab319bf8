// Dialogs open by data-dialog="id", close by data-close, and after a successful post.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    // What it showed last time is not for clicking while the new content is on its way.
    dialog.querySelector(opener.getAttribute("hx-target") ?? "[hx-trigger^=opened]")?.replaceChildren();
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("opened"));
  }
  event.target.closest("[data-close]")?.closest("dialog")?.close();
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement?.closest?.("[data-close-dialog]");
  if (form && ctx.response?.status === 200) {
    form.reset();
    form.closest("dialog")?.close();
  }
});

// What is fetched for a dialog gets the focus as it would if it had stood there: first its first field.
document.addEventListener("htmx:after:swap", () => {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const focused = document.activeElement;
  if (!dialog || (dialog.contains(focused) && focused !== dialog)) return;
  const first = dialog.querySelector("input:not([type=hidden], [disabled]), textarea, select") ?? dialog.querySelector("a[href], button");
  first?.focus();
});
