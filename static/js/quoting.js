// What was marked in a transcript begins as the quote of a new insight.

const KEY = `marked:${location.pathname}`;
const form = document.querySelector("form[data-quoted]");
const kept = sessionStorage.getItem(KEY);

if (form && kept && !form.elements.quote.value) {
  form.elements.quote.value = kept.replace(/\s+/g, " ").trim();
  form.elements.text.focus();
}

const forget = () => sessionStorage.removeItem(KEY);
form?.addEventListener("submit", forget);
form?.querySelector("[data-unquoted]")?.addEventListener("click", forget);
