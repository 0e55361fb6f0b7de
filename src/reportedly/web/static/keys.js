// Single keys and the link between cards and marks. Everything works without it.
const KEY = "reportedly-single-keys";
const on = () => localStorage.getItem(KEY) !== "off";
const say = (words) => { document.getElementById("status").textContent = words; };

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

function press(key) {
  const card = document.activeElement?.closest(".card") ?? document.querySelector(".card");
  const button = card?.querySelector(`button[data-key="${key}"]`);
  if (!button) return false;
  say(`${button.textContent}: done`);
  button.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!on() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (!press(event.key)) return;
  event.preventDefault();
});
for (const name of ["focusin", "mouseover"]) {
  document.addEventListener(name, (event) => {
    const card = event.target.closest?.(".card[data-a]");
    if (card) light(card.dataset.a);
  });
}
function label() {
  const button = document.getElementById("keys-switch");
  button.textContent = `Single keys: ${on() ? "on" : "off"}`;
  button.setAttribute("aria-pressed", String(on()));
}
document.addEventListener("click", (event) => {
  if (event.target.id !== "keys-switch") return;
  localStorage.setItem(KEY, on() ? "off" : "on");
  label();
});
document.addEventListener("htmx:afterSettle", label);
label();
