/* Where a citation is being typed, and what the text becomes when a source is chosen. Pure: text in, text out. */

/* Return {from, to, query} of the key being typed before the caret in `[@ke` or `[@a; @ke`, or null. */
export function keyAt(text, caret) {
  const line = text.slice(text.lastIndexOf("\n", caret - 1) + 1, caret);
  const open = line.lastIndexOf("[");
  if (open < 0 || !/^\[-?@[^\[\]]*$/.test(line.slice(open))) return null;
  const group = line.slice(open + 1);
  const part = group.slice(group.lastIndexOf(";") + 1);
  const typed = part.match(/^\s*-?@([^,]{0,80})$/);
  return typed && { from: caret - typed[1].length - 1, to: caret, query: typed[1].trim() };
}

/* Return the end (just before `]`) of a citation group that the caret stands in or right behind, or -1. */
function groupEnd(text, caret) {
  const start = text.lastIndexOf("\n", caret - 1) + 1;
  const stop = text.indexOf("\n", caret);
  const line = text.slice(start, stop < 0 ? text.length : stop);
  for (const group of line.matchAll(/\[-?@[^\[\]]*\]/g)) {
    const [from, to] = [start + group.index, start + group.index + group[0].length];
    if (from < caret && caret <= to) return to - 1;
  }
  return -1;
}

/* Return {from, to, text, caret}: replace [from, to) by `text` and put the cursor at `caret`. Choosing again adds to the same brackets. */
export function cite(text, caret, key) {
  const typed = keyAt(text, caret);
  if (typed) {
    const to = typed.to + /^(?:[^\s\[\];,]*(?=[\];,]))?/.exec(text.slice(typed.to))[0].length; // the rest of a key that is being changed
    const closed = /^[^\[\]\n]*\]/.exec(text.slice(to));
    const insert = `@${key}${closed ? "" : "]"}`;
    const after = typed.from + insert.length;
    return { from: typed.from, to, text: insert, caret: closed && closed[0] === "]" ? after + 1 : after };
  }
  const end = groupEnd(text, caret);
  const insert = end < 0 ? `[@${key}]` : `; @${key}`;
  const at = end < 0 ? caret : end;
  return { from: at, to: at, text: insert, caret: at + insert.length + (end < 0 ? 0 : 1) };
}

/* What was typed is most often the beginning of a key: those first, then the order of the server. */
export function byKey(results, query) {
  const begins = (source) => source.key.toLowerCase().startsWith(query.toLowerCase());
  return query ? [...results.filter(begins), ...results.filter((source) => !begins(source))] : results;
}
