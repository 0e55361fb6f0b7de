// Tables: sort by a column, copy as Markdown, copy citations. The tables read the same without it.
import { say } from "./keys.js";

async function copy(words, what) {
  try {
    await navigator.clipboard.writeText(words);
    say(`${what} copied`);
  } catch {
    say(`${what} could not be copied: the browser does not allow it`);
  }
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

const plain = (cell) => cell.innerText.replace(/\s+/g, " ").trim();
const escaped = (words) => words.replace(/([\\|<>[\]*_`])/g, "\\$1");

// Cells by row and column, a cell that spans rows standing in each of them.
function grid(table) {
  const rows = [];
  for (const row of table.rows) rows.push({ row, cells: [] });
  rows.forEach(({ row, cells }, at) => {
    let column = 0;
    for (const cell of row.cells) {
      while (cells[column]) column += 1;
      for (let down = 0; down < Math.min(cell.rowSpan, rows.length - at); down += 1) {
        for (let on = 0; on < cell.colSpan; on += 1) rows[at + down].cells[column + on] = cell;
      }
      column += cell.colSpan;
    }
  });
  return rows;
}

function markdown(table) {
  const lines = grid(table).filter(({ row }) => !row.hidden && !row.parentElement.hidden).map(({ cells }) => `| ${cells.map((cell) => escaped(plain(cell))).join(" | ")} |`);
  lines.splice(1, 0, `|${" --- |".repeat(table.tHead.rows[0].cells.length)}`);
  return `${lines.join("\n")}\n`;
}

function value(words) {
  const digits = words.replace(/^[<>=~ ]+/, "").replace(/,/g, "");
  const number = /^-?\d+(\.\d+)?($|[^\d-]|\.\.)/.test(digits) ? parseFloat(digits) : NaN;
  return { number, words: words.toLowerCase() };
}

function compare(a, b) {
  const numbers = Number.isNaN(a.number) || Number.isNaN(b.number);
  return numbers ? a.words.localeCompare(b.words) : a.number - b.number;
}

// Groups of rows (several bodies) move as one, so that no cell leaves the rows it spans.
function sort(table, column, head) {
  const up = head.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const cells = new Map(grid(table).map(({ row, cells: found }) => [row, found]));
  const units = table.tBodies.length > 1 ? [...table.tBodies] : [...table.tBodies[0].rows];
  const key = (unit) => {
    const cell = cells.get(unit.rows ? unit.rows[0] : unit)?.[column];
    return value(cell ? plain(cell) : "");
  };
  const sorted = units.map((unit) => [key(unit), unit]).sort(([a], [b]) => (up ? compare(a, b) : compare(b, a)));
  const into = table.tBodies.length > 1 ? table : table.tBodies[0];
  for (const [, unit] of sorted) into.append(unit);
  say(`Sorted by ${plain(head)}, ${up ? "ascending" : "descending"}`);
}

function filter(table, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const units = table.tBodies.length > 1 ? [...table.tBodies] : [...table.tBodies[0].rows];
  let shown = 0;
  for (const unit of units) {
    const text = unit.textContent.toLowerCase();
    unit.hidden = !wanted.every((word) => text.includes(word));
    shown += unit.hidden ? 0 : 1;
  }
  say(`${shown} of ${units.length} on this page`);
  return `${shown} of ${units.length}`;
}

function filterBox(table) {
  const label = document.createElement("label"), box = document.createElement("input"), told = document.createElement("output");
  label.textContent = "Filter this page ";
  box.type = "search";
  box.addEventListener("input", () => { told.textContent = box.value ? filter(table, box.value) : (filter(table, ""), ""); });
  label.append(box, " ", told);
  return label;
}

// On a narrow screen each row is a block of labelled lines (see the style sheet). Roles stay, whatever `display` says.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

function label(table) {
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  for (const { row, cells } of grid(table)) {
    for (const cell of row.cells) {
      const head = cell.tagName === "TH";
      cell.setAttribute("role", !head ? "cell" : row.parentElement === table.tHead ? "columnheader" : "rowheader");
      if (!head) cell.dataset.label = heads[cells.indexOf(cell)] ?? "";
      if (!head && !cell.textContent.trim()) cell.classList.add("blank");
    }
  }
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr")]) part.setAttribute("role", ROLES[part.tagName]);
  table.classList.add("labelled");
}

function equip(table) {
  if (table.dataset.tools === "on" || !table.tHead || !table.tBodies.length) return;
  table.dataset.tools = "on";
  const bar = document.createElement("p");
  bar.className = "tools";
  bar.append(button("Copy as Markdown", () => copy(markdown(table), "Table")));
  if (table.querySelector("[data-cite]")) {
    const cites = () => [...new Set([...table.querySelectorAll("[data-cite]")].map((row) => row.dataset.cite))];
    bar.append(button("Copy citations", () => copy(cites().map((each, n) => `${n + 1}. ${each}`).join("\n"), "Citations")));
  }
  bar.append(filterBox(table));
  label(table);
  table.parentElement.before(bar);
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const made = button(head.textContent, () => sort(table, column, head));
    made.className = "sort";
    head.replaceChildren(made);
  });
}

function ready() {
  document.querySelectorAll("table[data-tools]").forEach(equip);
  for (const words of document.querySelectorAll("pre[data-copy]:not([data-ready])")) {
    words.dataset.ready = "on";
    words.after(button(`Copy ${words.dataset.copy}`, () => copy(words.textContent, words.dataset.copy)));
  }
}
document.addEventListener("htmx:afterSettle", ready);
ready();
