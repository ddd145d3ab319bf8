/**
 * `/journeys/7/#note-12` shows that note, `#comment-33` the thread of that comment. Whoever shows
 * only a part of the board listens for `waymark:reveal` (detail.id, detail.element) and shows that part.
 */
import { elementOf, tell } from "./marks.js";
import { openPanel, uncover } from "./panel.js";

const SHOWN_FOR = 2600;
const ARRIVED = 700;
const attention = document.getElementById("attention");
const ADDRESS = /^#([a-z]+)-(\d{1,15})$/;

function reveal(about) {
  const element = elementOf(about);
  if (!element) return false;
  document.dispatchEvent(new CustomEvent("waymark:reveal", { detail: { id: element.id, about, element } }));
  delete element.closest(".lane[data-collapsed]")?.dataset.collapsed;
  requestAnimationFrame(() => show(element));
  return true;
}

function show(element) {
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", inline: "center", behavior: smooth ? "smooth" : "instant" });
  element.classList.add("is-revealed");
  setTimeout(() => element.classList.remove("is-revealed"), SHOWN_FOR);
  setTimeout(() => isHidden(element) && element.scrollIntoView({ block: "center", inline: "center" }), ARRIVED);
  if (document.activeElement?.closest("#panel")) return;
  const place = element.querySelector("button, [tabindex='0'], input, a") ?? element;
  if (place === element) element.tabIndex = -1;
  place.focus({ preventScroll: true });
}

/** Rows get their height when they come near: what was aimed at may have moved on the way. */
function isHidden(element) {
  const box = element.getBoundingClientRect();
  const head = document.querySelector(".map-heads");
  const above = head && !head.contains(element) ? head.getBoundingClientRect().bottom : 0;
  return box.top < above || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth;
}

async function openThread(id) {
  await openPanel(`${attention.dataset.comments}${id}/`, null);
  const panel = document.getElementById("panel");
  const about = panel.querySelector(".panel-head[data-about]")?.dataset.about;
  const comment = document.getElementById(`comment-${id}`);
  if (!about || !comment) return tell(attention.dataset.gone);
  reveal(about);
  comment.scrollIntoView({ block: "nearest" });
  comment.classList.add("is-revealed");
  setTimeout(() => comment.classList.remove("is-revealed"), SHOWN_FOR);
}

function follow() {
  const [, type, id] = location.hash.match(ADDRESS) ?? [];
  if (!type) return;
  if (type === "comment") {
    openThread(id);
    return;
  }
  uncover();
  if (!reveal(`${type}-${id}`) && !document.getElementById(`${type}-${id}`)) tell(attention.dataset.gone);
}

// The same address again shows the same place again.
document.addEventListener("click", ({ target }) => {
  const link = target.closest("a[href^='#']");
  if (link && link.hash === location.hash) follow();
});

if (attention) {
  addEventListener("hashchange", follow);
  follow();
}

export { reveal };
