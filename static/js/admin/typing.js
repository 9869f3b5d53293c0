/* Changing text as if it were typed, so that Ctrl+Z takes it back. */

export function replace(area, from, to, text) {
  area.focus();
  area.setSelectionRange(from, to);
  if (from === to && !text) return;
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
  area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
}

/* Put `before` and `after` around the selection, or take them away when they are there already. */
export function wrap(area, before, after, placeholder) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const chosen = value.slice(from, to);
  if (value.slice(from - before.length, from) === before && value.slice(to, to + after.length) === after) {
    replace(area, from - before.length, to + after.length, chosen);
    area.setSelectionRange(from - before.length, to - before.length);
    return;
  }
  const words = chosen.trim() || placeholder;
  const [head, tail] = [chosen.match(/^\s*/)[0], chosen.trim() ? chosen.match(/\s*$/)[0] : ""];
  replace(area, from, to, head + before + words + after + tail);
  const start = from + head.length + before.length;
  area.setSelectionRange(start, start + words.length);
}

/* Give every line of the selection the text that `change(line, index)` returns. */
export function changeLines(area, change) {
  const { value } = area;
  const from = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = value.indexOf("\n", area.selectionEnd);
  const to = next < 0 ? value.length : next;
  const text = value.slice(from, to).split("\n").map(change).join("\n");
  replace(area, from, to, text);
  area.setSelectionRange(from + text.length, from + text.length);
}

/* Insert `text` at the cursor as a paragraph of its own. */
export function insertParagraph(area, text, at = area.selectionEnd) {
  const before = area.value.slice(0, at).match(/\n*$/)[0].length;
  const after = area.value.slice(at).match(/^\n*/)[0].length;
  const above = at === before ? "" : "\n".repeat(Math.max(0, 2 - before));
  const below = at + after === area.value.length ? "" : "\n".repeat(Math.max(0, 2 - after));
  replace(area, at, at, above + text + below);
}

/* Select line `number` (counted from 1) and scroll to it. */
export function selectLine(area, number) {
  const lines = area.value.split("\n");
  const index = Math.min(Math.max(number, 1), lines.length) - 1;
  const from = lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
  area.focus();
  area.setSelectionRange(from, from); // a collapsed cursor first: browsers scroll to it
  area.blur();
  area.focus();
  area.setSelectionRange(from, from + lines[index].length);
}
