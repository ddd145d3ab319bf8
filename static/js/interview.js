// Writing down what customers say, by keyboard: Ctrl+Enter saves, Alt+W also asks why.

function formAt(target) {
  return target.closest?.("form[data-kept]");
}

function send(form, button) {
  form.requestSubmit(button ?? undefined);
}

document.addEventListener("keydown", (event) => {
  const form = formAt(event.target);
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send(form);
  } else if (form && event.altKey && event.code === "KeyW") {
    event.preventDefault();
    send(form, form.querySelector("[data-why]"));
  }
});

// A question of the guide is put into the form; the answer comes next.
document.addEventListener("click", ({ target }) => {
  const asked = target.closest("[data-ask]");
  if (!asked) return;
  const form = formAt(asked);
  form.elements.question.value = asked.textContent.trim();
  form.elements.answer.focus();
});

// What is being written in a ladder is saved before another form opens in its place.
document.addEventListener(
  "click",
  (event) => {
    const opener = event.target.closest("[data-opens]");
    const form = opener?.closest(".ladder")?.querySelector("form[data-kept]");
    if (!form?.elements.answer.value.trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    send(form);
  },
  true,
);

function begin() {
  const begun = document.querySelector("form[data-begin]");
  if (!begun) return;
  delete begun.dataset.begin;
  const field = begun.querySelector("textarea");
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

document.addEventListener("htmx:after:swap", begin);
begin();

// --- From the transcript -----------------------------------------------------------------------
function marked() {
  const selection = getSelection();
  const inside = selection.rangeCount && selection.anchorNode?.parentElement?.closest("[data-quotable]");
  return inside ? selection.toString().trim() : "";
}

document.addEventListener("selectionchange", () => {
  const quoting = document.querySelector("[data-quoting]");
  const text = marked();
  if (!quoting || (!text && quoting.contains(document.activeElement))) return;
  quoting.hidden = !text;
  quoting.elements.marked.value = text;
});

document.addEventListener("mousedown", (event) => {
  // The mark would be lost with the focus.
  if (event.target.closest?.("[data-quoting]")) event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  const quoting = target.closest("[data-quote]")?.form;
  const form = document.getElementById("answer-new");
  if (!quoting || !form) return;
  form.elements.answer.value = [form.elements.answer.value, quoting.elements.marked.value].filter(Boolean).join("\n");
  form.elements.answer.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.answer.focus();
});

// An address would keep the words in the browser's history, and a page that was posted cannot be
// gone back to: the tab keeps them until the insight is there.
const MARKED = "marked:";

document.addEventListener("submit", (event) => {
  const { target } = event;
  if (!target.matches("[data-quoting]")) return;
  event.preventDefault();
  sessionStorage.setItem(MARKED + new URL(target.action).pathname, target.elements.marked.value);
  location.assign(target.action);
});

// --- Whether all is saved ----------------------------------------------------------------------
document.addEventListener("outbox", ({ detail: waiting }) => {
  const output = document.getElementById("saved-state");
  const state = waiting ? "offline" : "saved";
  if (!output || output.dataset.state === state) return;
  output.dataset.state = state;
  output.querySelector("span").textContent = output.dataset[state];
});
