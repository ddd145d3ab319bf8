// The workshop's board: puts its parts together and marks everybody's own ratings.

import "./actions.js";
import "./copy.js";
import "./dialogs.js";
import "./drafts.js";
import "./inplace.js";
import "./itemmenu.js";
import "./marks.js";
import "./people.js";
import "./places.js";
import "./reveal.js";
import "./outbox.js";
import "./sorting.js";
import "./timer.js";
import "./yourpart.js";

// A piece of the page is the same for all who may see it; which marks are mine is shown here.
function markOwnRatings() {
  for (const form of document.querySelectorAll("[data-ratings]:not([data-touched])")) {
    const mine = JSON.parse(form.dataset.ratings)[document.body.dataset.user];
    if (!mine) continue;
    choose(form.elements.feasibility, mine[0]);
    choose(form.elements.effect, mine[1]);
  }
}

function choose(radios, mark) {
  for (const radio of radios) radio.checked = radio.value === String(mark);
}

// Marks that are not saved yet stay while others' ratings arrive.
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-ratings]");
  if (!form) return;
  form.dataset.touched = "";
  form.closest("li").setAttribute("hx-morph-skip", "");
});

document.addEventListener("htmx:after:swap", markOwnRatings);
markOwnRatings();
