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
