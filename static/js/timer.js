// The timer of the running activity. It goes by the server's clock, which was told when the page
// was made: the clocks of phones are often wrong.

const SOON = 60;
const arrived = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
const then = Date.now() - (performance.now() - arrived);
const offset = Date.parse(document.getElementById("board").dataset.now) - then;
let told = false;

function text(seconds) {
  const whole = Math.abs(seconds);
  const sign = seconds < 0 ? "+" : "";
  return `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function left({ ends, left: kept }) {
  return ends ? Math.round((Date.parse(ends) - offset - Date.now()) / 1000) : Number(kept);
}

function show() {
  const timer = document.querySelector(".timer");
  if (!timer) return;
  const seconds = left(timer.dataset);
  const words = text(seconds);
  if (timer.textContent !== words) timer.textContent = words;
  timer.toggleAttribute("data-soon", seconds > 0 && seconds <= SOON);
  timer.toggleAttribute("data-over", seconds <= 0);
  if (seconds > 0) told = false;
  else if (!told && timer.dataset.ends) tell(timer);
}

function tell(timer) {
  told = true;
  document.dispatchEvent(new CustomEvent("announce", { detail: timer.dataset.overWords }));
}

show();
setInterval(show, 250);
document.addEventListener("htmx:after:swap", show);
