/**
 * Reads a sentence to screen readers: `announce` events carry it as their detail, from scripts
 * (`new CustomEvent("announce", { detail: "Moved", bubbles: true })`) or from the server
 * (`HX-Trigger: {"announce": "Moved"}`).
 */
const region = document.getElementById("announce");

document.addEventListener("announce", ({ detail }) => {
  const words = typeof detail === "string" ? detail : detail?.value;
  if (!region || !words) return;
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = words;
  });
});
