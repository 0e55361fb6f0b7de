// Choosing words in the passage of the page that corrects: by selection, or word by word with buttons.
// Offsets in records count code points; a text area counts UTF-16 units, so they are converted here and only here.
import { say } from "./keys.js";

const points = (text, units) => [...text.slice(0, units)].length;
const units = (text, count) => [...text].slice(0, count).join("").length;

function fields(form, name) {
  return { start: form.elements[`${name}_start`], end: form.elements[`${name}_end`] };
}

function show(form, name) {
  const passage = form.querySelector("#passage");
  const offset = Number(passage.dataset.offset);
  const { start, end } = fields(form, name);
  const told = start.value !== "" && end.value !== "";
  const letters = [...passage.value];
  const words = told ? letters.slice(start.value - offset, end.value - offset).join("") : "";
  form.querySelector(`[data-words="${name}"]`).textContent = words;
  if (!told) return words;
  passage.setSelectionRange(units(passage.value, start.value - offset), units(passage.value, end.value - offset));
  return words;
}

function take(form, name) {
  const passage = form.querySelector("#passage");
  const offset = Number(passage.dataset.offset);
  if (passage.selectionStart === passage.selectionEnd) return say("Nothing is selected in the passage");
  const { start, end } = fields(form, name);
  start.value = offset + points(passage.value, passage.selectionStart);
  end.value = offset + points(passage.value, passage.selectionEnd);
  return say(`Now: ${show(form, name)}`);
}

function move(form, name, side, by) {
  const passage = form.querySelector("#passage");
  const offset = Number(passage.dataset.offset);
  const text = [...passage.value].join("");
  const borders = [...text.matchAll(/[\p{L}\p{N}]+(?:[.,'’-][\p{L}\p{N}]+)*/gu)]
    .map((word) => offset + points(text, side === "start" ? word.index : word.index + word[0].length));
  const field = fields(form, name)[side];
  const now = field.value === "" ? offset : Number(field.value);
  const next = by > 0 ? borders.find((at) => at > now) : borders.findLast((at) => at < now);
  if (next === undefined) return say("No further word");
  field.value = next;
  const { start, end } = fields(form, name);
  if (start.value === "" || Number(start.value) >= Number(end.value)) {
    const other = side === "start" ? end : start;
    other.value = next + (side === "start" ? 1 : -1);
  }
  return say(`Now: ${show(form, name)}`);
}

function empty(form, name) {
  const { start, end } = fields(form, name);
  start.value = end.value = "";
  show(form, name);
  say("Now: no words");
}

function ready() {
  const form = document.querySelector("form[data-correct]:not([data-ready])");
  if (!form) return;
  form.dataset.ready = "on";
  for (const bar of form.querySelectorAll("[data-tools-for]")) {
    const name = bar.dataset.toolsFor;
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const what = event.target.dataset?.do;
      if (what === "take") take(form, name);
      else if (what === "none") empty(form, name);
      else if (what) move(form, name, what.split("-")[0], what.endsWith("on") ? 1 : -1);
    });
    for (const field of Object.values(fields(form, name))) field.addEventListener("input", () => show(form, name));
  }
}
document.addEventListener("htmx:afterSettle", ready);
ready();
