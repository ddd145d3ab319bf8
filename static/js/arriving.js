// A piece whose element is not on the page yet names the list that it belongs into, and its place there.

document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
  for (const task of tasks) {
    if (task.type === "partial" && !task.target) task.target = placeFor(task.fragment.firstElementChild);
  }
});

function placeFor(item) {
  const list = item?.dataset.into && document.getElementById(item.dataset.into);
  if (!list) return null;
  const place = document.createElement(item.localName);
  place.id = item.id;
  const later = [...list.children].find((other) => other.dataset.place > item.dataset.place);
  list.insertBefore(place, later ?? null);
  return place;
}
