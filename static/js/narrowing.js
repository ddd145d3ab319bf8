// A search field narrows a list on the page: data-narrows names the list, data-narrowed marks what it holds.

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function narrow(list, wanted) {
  for (const each of list.querySelectorAll("[data-narrowed]")) {
    each.hidden = !plain(each.textContent).includes(wanted);
  }
  for (const group of list.querySelectorAll("fieldset")) {
    group.hidden = group.querySelector("[data-narrowed]:not([hidden])") === null;
  }
}

document.addEventListener("input", (event) => {
  const list = event.target.dataset?.narrows && document.getElementById(event.target.dataset.narrows);
  if (list) narrow(list, plain(event.target.value.trim()));
});
