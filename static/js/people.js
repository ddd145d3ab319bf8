/**
 * Choosing people by typing: `@` in a comment, or the name in an owner's field. The list holds those
 * who may read the board; arrows choose, Enter or Tab takes, Escape closes. In the text a person
 * stands as @Name; the form sends `@[Name](user:7)`.
 */
const STORED = /@\[([^[\]\n]{1,80})\]\(user:(\d{1,15})\)/g;
const ASKED = /(?:^|[\s(])@([^\s@][^@\n]{0,38}|)$/;
const PATIENCE = 120;
const named = new WeakMap(); // field → Map of name → id
const list = Object.assign(document.createElement("ul"), { id: "people-list", className: "people-list", hidden: true });
list.setAttribute("role", "listbox");
document.body.append(list);
let field = null;
let timer = null;
let asked = 0;

function wrapper(element) {
  return element.closest?.("[data-people]");
}

function isMention(element) {
  return wrapper(element).dataset.peopleMode === "mention";
}

function people(element) {
  if (!named.has(element)) named.set(element, new Map());
  return named.get(element);
}

/** What is typed of a name now, or null where nobody is asked for. */
function wordsIn(element) {
  if (!isMention(element)) return element.value.trim();
  return element.value.slice(0, element.selectionStart).match(ASKED)?.[1] ?? null;
}

// --- The list ------------------------------------------------------------------------------------
async function offer(element) {
  const words = wordsIn(element);
  if (words === null || (!isMention(element) && !words)) return close();
  const number = ++asked;
  const { people: address, peopleHint } = wrapper(element).dataset;
  const response = await fetch(`${address}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok || number !== asked || document.activeElement !== element) return;
  list.innerHTML = await response.text();
  if (!options().length && words.includes(" ")) return close();
  open(element);
  if (options().length) mark(0);
  announce(`${list.textContent.trim().replace(/\s+/g, " ")}. ${peopleHint}`);
}

function open(element) {
  field = element;
  list.hidden = false;
  list.setAttribute("aria-label", wrapper(element).dataset.peopleLabel);
  const box = element.getBoundingClientRect();
  const width = Math.min(Math.max(box.width, 220), innerWidth - 16);
  list.style.width = `${width}px`;
  list.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  const below = box.bottom + list.offsetHeight + 8 < innerHeight;
  list.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - list.offsetHeight - 4)}px`;
  if (element.getAttribute("role") === "combobox") element.setAttribute("aria-expanded", "true");
  element.setAttribute("aria-controls", list.id);
}

function close() {
  asked += 1;
  list.hidden = true;
  if (!field) return;
  field.removeAttribute("aria-activedescendant");
  if (field.getAttribute("role") === "combobox") field.setAttribute("aria-expanded", "false");
  field = null;
}

function options() {
  return [...list.querySelectorAll("[role=option]")];
}

function mark(index) {
  options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  const option = options()[index];
  if (!option) return;
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = options();
  if (!all.length) return;
  const now = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  mark((now + by + all.length) % all.length);
}

function announce(words) {
  document.dispatchEvent(new CustomEvent("announce", { detail: words }));
}

// --- Taking one -------------------------------------------------------------------------------------
function take(option) {
  const element = field;
  const { id, name } = option.dataset;
  close();
  if (isMention(element)) insert(element, name, id);
  else choose(element, name, id);
  element.focus();
}

function insert(element, name, id) {
  const { value, selectionStart: at } = element;
  const start = value.lastIndexOf("@", at - 1);
  people(element).set(name, id);
  element.setRangeText(`@${name} `, start, at, "end");
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

function choose(element, name, id) {
  element.value = name;
  wrapper(element).querySelector("input[type=hidden]").value = id;
}

// --- Between what is stored and what is read ----------------------------------------------------------
function toRead(element) {
  if (element.dataset.read === "") return;
  element.dataset.read = "";
  element.setAttribute("aria-autocomplete", "list");
  element.autocomplete = "off";
  element.value = element.value.replace(STORED, (_, name, id) => {
    people(element).set(name, id);
    return `@${name}`;
  });
}

function toStore(element, text) {
  const names = [...people(element)].sort(([one], [other]) => other.length - one.length);
  if (!names.length) return text;
  const known = names.map(([name]) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const whole = new RegExp(`@(${known})(?![\\p{L}\\p{N}])`, "gu");
  return text.replace(whole, (_, name) => `@[${name}](user:${people(element).get(name)})`);
}

document.addEventListener("formdata", ({ target, formData }) => {
  for (const element of target.querySelectorAll("[data-people-mode=mention] textarea")) {
    if (element.name && formData.has(element.name)) formData.set(element.name, toStore(element, formData.get(element.name)));
  }
});

function readAll() {
  for (const element of document.querySelectorAll("[data-people-mode=mention] textarea")) toRead(element);
}

readAll();
document.addEventListener("htmx:after:swap", readAll);

// Words that came back from the browser's store hold mentions as they are sent.
document.addEventListener("put-back", ({ target }) => {
  for (const element of target.querySelectorAll("[data-people-mode=mention] textarea")) {
    delete element.dataset.read;
    toRead(element);
  }
});

// --- Keys, typing, pointing -----------------------------------------------------------------------------
document.addEventListener("input", ({ target }) => {
  if (!wrapper(target) || target.type === "hidden") return;
  if (!isMention(target)) wrapper(target).querySelector("input[type=hidden]").value = "";
  clearTimeout(timer);
  timer = setTimeout(() => offer(target), PATIENCE);
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.target !== field || list.hidden) return;
    const chosen = list.querySelector("[aria-selected=true]");
    const acts = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Escape: close,
      Enter: chosen && !event.ctrlKey && !event.metaKey ? () => take(chosen) : null,
      Tab: chosen && !event.shiftKey ? () => take(chosen) : null,
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  },
  true,
);

list.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  const option = event.target.closest("[role=option]");
  if (option) take(option);
});

document.addEventListener("focusout", ({ target }) => {
  if (target === field) close();
});

addEventListener("resize", close);
