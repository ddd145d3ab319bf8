// Editing in place: Ctrl+Enter or leaving saves, Esc cancels, focus returns to where it was.

const startedWith = new WeakMap();

function region(name, source) {
  const board = document.getElementById("board");
  const address = `${board.dataset.regions}?name=${encodeURIComponent(name)}`;
  return htmx.ajax("GET", address, { source, swap: "none" });
}

function values(form) {
  return JSON.stringify([...new FormData(form)]);
}

function cancel(form) {
  form.dataset.leaving = "";
  const opener = form.closest(".note, .cell, .stage-head, .lane-name")?.id;
  region(form.dataset.region, document.getElementById("board")).then(() => focusOn(opener));
}

function focusOn(id) {
  const place = id && document.getElementById(id);
  const target = place?.matches("button") ? place : place?.querySelector("button");
  target?.focus({ preventScroll: true });
}

function open(form) {
  startedWith.set(form, values(form));
  const field = form.querySelector("textarea, input:not([type=hidden])");
  field?.focus();
  if (field?.matches("textarea")) {
    field.setSelectionRange(field.value.length, field.value.length);
  }
}

function leave(form) {
  if (!form.isConnected || "leaving" in form.dataset || form.contains(document.activeElement)) return;
  if ("sending" in form.dataset || form.querySelector(".conflict")) return;
  if (values(form) === startedWith.get(form)) cancel(form);
  else form.requestSubmit();
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("[data-editing]");
  if (!form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape") {
    event.preventDefault();
    cancel(form);
  }
});

document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-cancel]")?.closest("[data-editing]");
  if (form) cancel(form);
});

// A form is sent once, however often it is told to: its buttons lose the focus when it goes.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target.closest("[data-editing]");
    if (!form) return;
    if ("sending" in form.dataset) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    form.dataset.sending = "";
  },
  true,
);

document.addEventListener("htmx:finally:request", (event) => {
  delete event.detail.ctx.sourceElement?.dataset?.sending;
});

document.addEventListener("focusout", (event) => {
  const form = event.target.closest?.("[data-editing]");
  if (form) setTimeout(() => leave(form), 120);
});

// A form that came with an answer is opened; after a save the focus goes back to its place.
let lastFocus = null;

document.addEventListener("htmx:before:swap", () => {
  lastFocus = document.activeElement?.closest?.("[id]:not(input, textarea)")?.id ?? lastFocus;
});

document.addEventListener("htmx:after:swap", () => {
  for (const form of document.querySelectorAll("[data-editing]")) {
    if (!startedWith.has(form)) {
      open(form);
      return;
    }
  }
  if (document.activeElement === document.body) focusOn(lastFocus);
});

export { focusOn, region };
