// Arrows above the map: a click or Enter opens the form; the row can be put away.

const HIDDEN = "paths-hidden";

document.addEventListener("click", (event) => {
  const arrow = event.target.closest?.("a[data-path]");
  if (arrow && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    const dialog = document.getElementById("path-dialog");
    dialog.showModal();
    htmx.ajax("GET", arrow.dataset.path, { source: dialog, target: "#path-dialog-body", swap: "innerHTML" });
  }
  if (event.target.closest?.("[data-paths-toggle]")) {
    sessionStorage.setItem(HIDDEN, sessionStorage.getItem(HIDDEN) ? "" : "yes");
    show();
  }
});

function show() {
  const hidden = Boolean(sessionStorage.getItem(HIDDEN));
  document.querySelector(".map-scroll")?.toggleAttribute("data-paths-hidden", hidden);
  document.querySelector("[data-paths-toggle]")?.setAttribute("aria-expanded", String(!hidden));
}

show();
document.addEventListener("htmx:after:swap", show);
