/** Marks what the reader wrote: shared HTML names its author, only the browser knows the reader. */
const reader = document.body.dataset.user;

function mark() {
  for (const element of document.querySelectorAll("[data-author]")) {
    element.toggleAttribute("data-mine", element.dataset.author === reader);
  }
}

if (reader) {
  mark();
  const watch = { childList: true, subtree: true, attributes: true, attributeFilter: ["data-author", "data-mine"] };
  const observer = new MutationObserver(() => {
    mark();
    observer.takeRecords();
  });
  observer.observe(document.body, watch);
}
