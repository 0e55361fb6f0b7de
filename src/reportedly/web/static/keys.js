// Single keys, the link between cards and marks, and what is told to screen readers. Everything works without it.
const KEY = "reportedly-single-keys";
const on = () => localStorage.getItem(KEY) !== "off";
let byKey = false;

export function say(words) {
  const status = document.getElementById("status");
  status.textContent = "";
  setTimeout(() => { status.textContent = words; }, 60);
}

function light(record) {
  for (const mark of document.querySelectorAll("mark[data-s]")) {
    mark.classList.toggle("lit", record !== null && mark.dataset.s.split(" ").includes(record));
  }
}

function step(by) {
  const cards = [...document.querySelectorAll(".card")];
  if (!cards.length) return;
  const now = cards.findIndex((card) => card.contains(document.activeElement));
  const next = cards[Math.max(0, Math.min(cards.length - 1, now + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  if (next.dataset.a) document.getElementById(next.dataset.a)?.scrollIntoView({ block: "center" });
}

function help() {
  const told = document.getElementById("keys");
  told.open = true;
  told.querySelector("summary").focus();
}

function press(key) {
  const card = document.activeElement?.closest(".card") ?? document.querySelector(".card");
  const wanted = key === "u" ? document.querySelector("[data-undo]") : card?.querySelector(`[data-key="${key}"]`);
  if (!wanted) return false;
  byKey = true;
  wanted.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!on() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "?") help();
  else if (!/^[a-z]$/.test(event.key) || !press(event.key)) return;
  event.preventDefault();
});
for (const name of ["focusin", "mouseover"]) {
  document.addEventListener(name, (event) => {
    const card = event.target.closest?.(".card[data-a]");
    if (card) light(card.dataset.a);
  });
}
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".text mark[data-s]");
  const record = mark?.dataset.s.split(" ").find((name) => document.querySelector(`.card[data-a="${name}"]`));
  if (record) document.querySelector(`.card[data-a="${record}"]`).focus();
});
function label() {
  const button = document.getElementById("keys-switch");
  button.textContent = `Single keys: ${on() ? "on" : "off"}`;
  button.setAttribute("aria-pressed", String(on()));
}
function visited() {
  const link = document.querySelector("a[data-visit]");
  const last = localStorage.getItem("reportedly-visit");
  if (link && last) {
    link.href = `/changes?since=${last}`;
    link.textContent = `What changed since your visit of ${last}`;
  }
  if (link) localStorage.setItem("reportedly-visit", new Date().toISOString().slice(0, 10));
}
// A page that came without a load: a screen reader hears what it is, and the focus is where reading begins.
function settled(event) {
  label();
  visited();
  const told = document.querySelector("[data-announce]");
  say(told ? told.dataset.announce : document.title);
  const place = byKey ? document.querySelector("main .card") : null;
  if (place) place.focus();
  else if (event.detail.boosted && !location.hash) document.getElementById("main").focus({ preventScroll: true });
  byKey = false;
}
document.addEventListener("click", (event) => {
  if (event.target.id !== "keys-switch") return;
  localStorage.setItem(KEY, on() ? "off" : "on");
  label();
});
document.addEventListener("submit", (event) => {
  if (event.target.dataset.working) say(event.target.dataset.working);
});
document.addEventListener("htmx:afterSettle", settled);
label();
visited();
