// Editing in place: Ctrl+Enter or leaving saves, Esc cancels, focus returns to where it was.

const startedWith = new WeakMap();
const openForms = new Set();

function region(name, source) {
  const board = document.getElementById("board");
  const address = `${board.dataset.regions}?name=${encodeURIComponent(name)}`;
  return htmx.ajax("GET", address, { source, swap: "none" });
}

function values(form) {
  return JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
}

function cancel(form) {
  form.dataset.leaving = "";
  const opener = form.dataset.returns ?? form.closest(".note, .cell, .stage-head, .lane-name")?.id;
  form.dispatchEvent(new CustomEvent("given-up", { bubbles: true }));
  htmx.trigger(form, "htmx:abort");
  region(form.dataset.region, document.getElementById("board")).then(() => focusOn(opener));
}

function focusOn(id) {
  const place = id && document.getElementById(id);
  const target = place?.matches("button, input") ? place : place?.querySelector("button");
  target?.focus({ preventScroll: true });
}

// A form that came back, with what is wrong or with both texts, holds words that nobody has saved yet.
function open(form) {
  startedWith.set(form, form.querySelector("[aria-invalid], .field-errors, .conflict") ? null : values(form));
  openForms.add(form);
  const field = form.querySelector("textarea, input:not([type=hidden])");
  field?.focus();
  if (field?.matches("textarea")) {
    field.setSelectionRange(field.value.length, field.value.length);
  } else if (field?.matches("input[type=number]")) {
    field.select();
  }
}

function leave(form) {
  if (!form.isConnected || "leaving" in form.dataset || form.contains(document.activeElement)) return;
  if ("sending" in form.dataset || form.querySelector(".conflict")) return;
  if (startedWith.get(form) === null) return;
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

// Undo means what is being typed, not what was done before: it is saved first, then taken back.
const UNDO = "#undo-buttons button:not([data-redo-button])";
let toUndo = null;

document.addEventListener(
  "click",
  (event) => {
    if (!event.target.closest(UNDO)) return;
    const form = [...openForms].find((each) => each.isConnected && values(each) !== startedWith.get(each));
    if (!form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    toUndo = form;
    if (!("sending" in form.dataset)) form.requestSubmit();
  },
  true,
);

document.addEventListener("htmx:finally:request", (event) => {
  if (!toUndo || event.detail.ctx.sourceElement !== toUndo) return;
  if (!toUndo.isConnected) document.querySelector(UNDO)?.click();
  toUndo = null;
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

// Somebody may delete the place in which somebody else is writing: the words are kept in sight.
function rescueLostForms() {
  for (const form of openForms) {
    if (form.isConnected) continue;
    openForms.delete(form);
    if ("leaving" in form.dataset || "sending" in form.dataset) continue;
    if (values(form) !== startedWith.get(form)) showRescued(form);
  }
}

function showRescued(form) {
  const notice = document.getElementById("rescued")?.content.cloneNode(true);
  if (!notice) return;
  const fields = [...form.querySelectorAll("textarea, input[type=text], input:not([type])")];
  notice.querySelector("textarea").value = fields.map((field) => field.value).join("\n");
  document.getElementById("toasts").append(notice);
}

document.addEventListener("htmx:after:swap", () => {
  rescueLostForms();
  for (const form of document.querySelectorAll("[data-editing]")) {
    if (!startedWith.has(form)) {
      open(form);
      return;
    }
  }
  if (document.activeElement === document.body) focusOn(lastFocus);
});

// What was refused is told until something has been done.
document.addEventListener("htmx:after:request", (event) => {
  const { request, response } = event.detail.ctx;
  if (request?.method !== "POST" || !response || response.status >= 400) return;
  for (const toast of document.querySelectorAll("#toasts > :not(:has(textarea))")) toast.remove();
});

addEventListener("beforeunload", (event) => {
  for (const form of document.querySelectorAll("[data-editing]")) {
    if (startedWith.has(form) && values(form) !== startedWith.get(form)) event.preventDefault();
  }
});

export { focusOn, region, showRescued };
