// A picture says what it shows, unless it is only decoration: the browser asks before the file is sent.
// A file that would be refused is not sent either, so that nothing else in its form is lost.

function ask(form) {
  const words = form.querySelector("[name=alt]");
  const decoration = form.querySelector("[name=decorative]");
  if (!words || !decoration) return;
  words.required = !decoration.checked;
}

function askAll() {
  for (const form of document.querySelectorAll("[data-picture]")) ask(form);
}

function faultOf(input) {
  const [file] = input.files;
  if (!file) return "";
  if (file.size > Number(input.dataset.mostBytes)) return input.dataset.tooLarge;
  const accepted = input.accept.split(",");
  const ending = `.${file.name.split(".").pop().toLowerCase()}`;
  return accepted.includes(file.type) || accepted.includes(ending) ? "" : input.dataset.wrongType;
}

/** Says beside the field what is wrong with its file. */
function look(input) {
  const fault = faultOf(input);
  input.setCustomValidity(fault);
  if (fault) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const field = input.closest(".field");
  let note = field.querySelector("[data-fault]");
  if (!note && fault) {
    note = document.createElement("p");
    note.className = "field-errors";
    note.dataset.fault = "";
    note.setAttribute("role", "alert");
    field.append(note);
  }
  if (note) note.textContent = fault;
}

document.addEventListener("change", (event) => {
  if (event.target.matches?.("input[type=file][data-most-bytes]")) look(event.target);
  const form = event.target.closest?.("[data-picture]");
  if (form) ask(form);
});
document.addEventListener("htmx:after:swap", askAll);
