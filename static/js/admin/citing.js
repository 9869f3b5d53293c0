/* Citing in a text: typing `[@`, or the button, opens the list of sources; the keyboard does the rest. */

import { caretBox } from "./caret.js";
import { cite, keyAt } from "./citation.js";
import { SourceList } from "./sources.js";
import { replace } from "./typing.js";

export function startCiting(field, area) {
  const list = new SourceList(field, { url: field.dataset.sources, onChoose: choose });
  let dismissed = -1; // where the key starts for which Escape was pressed
  let caret = 0;

  /* What the screen reader hears: the field that has the focus points at the option. */
  function tell() {
    const speaker = list.search.hidden ? area : list.input;
    list.input.setAttribute("aria-expanded", String(list.isOpen && !list.list.hidden));
    if (list.isOpen && list.active) speaker.setAttribute("aria-activedescendant", list.active.id);
    else for (const each of [area, list.input]) each.removeAttribute("aria-activedescendant");
    if (list.isOpen && list.search.hidden) area.setAttribute("aria-controls", list.id);
    else area.removeAttribute("aria-controls");
  }

  function close() {
    list.close();
    tell();
  }

  function choose(key) {
    const change = cite(area.value, list.search.hidden ? area.selectionEnd : caret, key);
    close();
    replace(area, change.from, change.to, change.text);
    area.setSelectionRange(change.caret, change.caret);
  }

  function look() {
    const typed = area.selectionStart === area.selectionEnd && keyAt(area.value, area.selectionEnd);
    if (!typed || typed.from === dismissed) {
      if (!typed) dismissed = -1;
      if (list.isOpen && list.search.hidden) close();
      return;
    }
    list.open({ searching: false, place: () => caretBox(area) });
    list.find(typed.query, tell);
  }

  function search() {
    caret = area.selectionEnd;
    list.input.value = area.value.slice(area.selectionStart, caret).trim().slice(0, 80);
    list.open({ searching: true, place: () => caretBox(area, caret) });
    list.input.focus();
    list.input.select();
    list.find(list.input.value, tell);
  }

  function giveUp() {
    const searching = !list.search.hidden;
    dismissed = searching ? -1 : keyAt(area.value, area.selectionEnd)?.from ?? -1;
    close();
    if (searching) replace(area, caret, caret, "");
  }

  function leave() {
    const focus = document.activeElement;
    if (list.isOpen && !list.panel.contains(focus) && !(focus === area && list.search.hidden)) close();
  }

  function onKey(event) {
    if (!list.isOpen || event.isComposing) return;
    const isSearch = event.target === list.input;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const takes = event.key === "Enter" || (event.key === "Tab" && !event.shiftKey && !isSearch);
    if (step && list.active) list.move(step);
    else if (takes && list.active && !event.ctrlKey) choose(list.active.dataset.key);
    else if (event.key === "Escape" || (event.key === "Tab" && isSearch)) giveUp();
    else if (!(event.key === "Enter" && isSearch)) return; // Enter may not save the form from here
    event.preventDefault();
    event.stopPropagation();
    tell();
  }

  area.setAttribute("aria-autocomplete", "list");
  area.addEventListener("input", look);
  for (const moved of ["click", "keyup"]) {
    area.addEventListener(moved, () => { if (list.isOpen && list.search.hidden && !keyAt(area.value, area.selectionEnd)) close(); });
  }
  area.addEventListener("scroll", () => list.put(), { passive: true });
  list.input.addEventListener("input", (event) => {
    event.stopPropagation();
    list.find(list.input.value, tell);
  });
  for (const each of [area, list.input]) {
    each.addEventListener("keydown", onKey);
    each.addEventListener("blur", () => setTimeout(leave));
  }
  window.addEventListener("scroll", () => list.put(), { passive: true });
  window.addEventListener("resize", () => list.put());
  return search;
}
