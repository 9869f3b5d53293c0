/* The rows of an article (chapters, benefits): one line each until you open them, and put in order by keyboard or by dragging.
   The order is in the number fields named `…-place`; without this script you type those yourself. */

import { startDragging } from "./drag.js";
import { dressRow, nameOf, numberRow, openRow } from "./row.js";

const MANY = 3; // with more rows than this they start closed
const LAST = 10 ** 9;

const placeOf = (row) => row.querySelector("[name$='-place']");
const indexOf = (row) => Number(row.id.split("-").at(-1));

class Rows {
  constructor(group) {
    this.group = group;
    this.said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.said.setAttribute("role", "status");
    group.append(this.said);
  }

  get all() { return [...this.group.querySelectorAll(".inline-related:not(.empty-form)")]; }

  sort(value) {
    const sorted = this.all.map((row, i) => [value(row), i, row]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , row]) => row);
    const end = this.group.querySelector(".empty-form, .add-row");
    if (sorted.some((row, i) => row !== this.all[i])) sorted.forEach((row) => end.before(row));
    this.number();
  }

  sortByPlace() { this.sort((row) => Number(placeOf(row).value) || LAST); }
  sortByIndex() { this.sort(indexOf); }

  number() { this.all.forEach((row, i, rows) => numberRow(row, i + 1, rows.length)); }

  /* Write 1, 2, 3 … into the number fields, as the rows stand now. */
  writePlaces() {
    this.all.forEach((row, i) => { placeOf(row).value = i + 1; });
    this.number();
    placeOf(this.all[0])?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  settle(row) {
    this.writePlaces();
    this.said.textContent = `‘${nameOf(row)}’ staat nu op plaats ${this.all.indexOf(row) + 1} van ${this.all.length}.`;
  }

  move(row, step, button) {
    const other = this.all[this.all.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    this.settle(row);
    button.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  dress(row) { dressRow(row, { onMove: (step, button) => this.move(row, step, button) }); }

  add(row) {
    this.dress(row);
    if (!placeOf(row).value) placeOf(row).value = this.all.length;
    this.number();
    openRow(row, true);
    row.querySelector("[name$='-heading'], [name$='-title']")?.focus();
  }

  openAll(isOpen) { this.all.forEach((row) => openRow(row, isOpen)); }
}

function addSwitch(rows, heading) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "rows-switch" });
  const closed = () => rows.all.some((row) => row.classList.contains("is-closed"));
  const tell = () => { button.textContent = closed() ? "Alles open" : "Alles dicht"; };
  button.addEventListener("click", () => rows.openAll(closed()));
  rows.group.addEventListener("desk:toggled", tell);
  heading.after(button);
  tell();
}

/* Django gives rows new numbers when a new row is deleted, in the order of the page: give it the order it knows, then ours again. */
function watchRemoval(rows) {
  document.addEventListener("formset:removed", (event) => {
    if (`${event.detail.formsetName}-group` !== rows.group.id) return;
    rows.sortByIndex();
    queueMicrotask(() => {
      rows.sortByPlace();
      rows.writePlaces();
    });
  });
}

export function startRows(group) {
  if (group.dataset.rows || !group.querySelector("[name$='__prefix__-place']")) return;
  group.dataset.rows = "ready";
  const rows = new Rows(group);
  rows.all.forEach((row) => rows.dress(row));
  rows.sortByPlace();
  const isMany = rows.all.length > MANY;
  rows.all.forEach((row) => openRow(row, !isMany || row.querySelector(".errorlist") !== null));
  addSwitch(rows, group.querySelector(".inline-heading"));
  startDragging(rows);
  watchRemoval(rows);
  group.addEventListener("formset:added", (event) => rows.add(event.target));
  group.addEventListener("desk:reveal", (event) => openRow(event.target.closest(".inline-related"), true));
}
