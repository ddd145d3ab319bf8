// A picture says what it shows, unless it is only decoration: the browser asks before the file is sent.

function ask(form) {
  const words = form.querySelector("[name=alt]");
  const decoration = form.querySelector("[name=decorative]");
  if (!words || !decoration) return;
  words.required = !decoration.checked;
}

function askAll() {
  for (const form of document.querySelectorAll("[data-picture]")) ask(form);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-picture]");
  if (form) ask(form);
});
document.addEventListener("htmx:after:swap", askAll);
