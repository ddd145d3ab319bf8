/** Says `<time datetime="…" data-relative>` in words: "5 minutes ago", in the page's language. */
const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];
const { lang } = document.documentElement;
const language = lang === "en" ? "en-GB" : lang;
const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const exact = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });

function since(moment) {
  const seconds = Math.min(0, (moment - Date.now()) / 1000);
  const [unit, size] = UNITS.find(([, length]) => -seconds >= length) ?? UNITS.at(-1);
  return words.format(unit === "second" ? 0 : Math.round(seconds / size), unit);
}

function say() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const moment = new Date(time.dateTime);
    const text = since(moment);
    if (time.textContent !== text) time.textContent = text;
    time.title ||= exact.format(moment);
  }
}

say();
setInterval(say, 30_000);
const observer = new MutationObserver(() => {
  say();
  observer.takeRecords();
});
observer.observe(document.body, { childList: true, subtree: true });
