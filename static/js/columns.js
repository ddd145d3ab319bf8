// The table's columns of a note: whose voice it is and who looks after it. What they say stands
// in the note and among the marks already; here it is put beside the text, where it is changed.

const copy = document.getElementById("note-columns");

function ownerOf(note) {
  return document.querySelector(`#marks > [data-about="${CSS.escape(note.id)}"]`)?.dataset.ownerLabel ?? "";
}

function say(column, label, words) {
  const { nobody } = copy.dataset;
  const text = words || nobody;
  if (column.textContent !== text) column.textContent = text;
  column.dataset.label = label;
  column.setAttribute("aria-label", `${label}: ${text}`);
  column.toggleAttribute("data-nobody", !words);
}

function hang() {
  for (const note of document.querySelectorAll(".map-table .note[data-item]")) {
    let columns = note.querySelector(":scope > .note-columns");
    if (!columns) {
      columns = copy.content.firstElementChild.cloneNode(true);
      note.append(columns);
    }
    const [voice, owner] = columns.children;
    say(voice, copy.dataset.voice, note.querySelector(".voice")?.title);
    say(owner, copy.dataset.owner, ownerOf(note).replace(/^[^:]*: /, ""));
  }
}

if (copy) {
  document.addEventListener("htmx:after:settle", () => requestAnimationFrame(hang));
  hang();
}
