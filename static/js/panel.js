/**
 * What can be closed: `data-dismiss="#panel"` empties the side panel, `data-dismiss=".toast"`
 * takes a message away. Escape closes the panel; the focus returns to what opened it.
 */
let opener = null;

function dismiss(target) {
  if (target.id !== "panel") {
    target.remove();
    return;
  }
  target.replaceChildren();
  if (opener) document.getElementById(opener)?.focus();
}

/** Shows what is at `address` in the panel; on closing the focus goes back to `from`. */
function openPanel(address, from) {
  opener = from?.id || opener;
  return htmx.ajax("GET", address, { source: document.body, target: "#panel", swap: "innerHTML" });
}

/** What lies over the board on a small screen gives way to what shall be seen there. */
function uncover() {
  const panel = document.getElementById("panel");
  if (panel?.hasChildNodes() && getComputedStyle(panel).position === "fixed") dismiss(panel);
}

// What was decided in the panel is done: it closes.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement?.closest?.("[data-closes-panel]") || ctx.response?.status !== 200) return;
  const panel = document.getElementById("panel");
  setTimeout(() => dismiss(panel));
});

document.addEventListener("click", ({ target }) => {
  const opens = target.closest('[hx-target="#panel"]');
  if (opens) opener = opens.id;
  const closes = target.closest("[data-dismiss]");
  if (closes) dismiss(closes.closest(closes.dataset.dismiss));
});

document.addEventListener("keydown", (event) => {
  const panel = event.key === "Escape" && event.target.closest("#panel");
  if (!panel || event.defaultPrevented || event.target.value) return;
  dismiss(panel);
});

document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest(".comment-form");
  if (!form || event.repeat || form.querySelector("button:disabled")) return;
  event.preventDefault();
  form.requestSubmit();
});

export { openPanel, uncover };
