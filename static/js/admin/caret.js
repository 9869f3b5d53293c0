/* Where the caret of a textarea is on the screen. A textarea doesn't tell: lay the same text out in a box that looks the same. */

const COPIED = [
  "boxSizing", "width", "borderTopWidth", "borderRightWidth", "borderBottomWidth", "borderLeftWidth", "borderStyle",
  "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "fontFamily", "fontSize", "fontStyle", "fontWeight",
  "fontVariantLigatures", "fontKerning", "lineHeight", "letterSpacing", "wordSpacing", "textIndent", "textTransform", "tabSize",
];

/* Return {top, bottom, left} of the line at `index`, in pixels from the corner of the window. */
export function caretBox(area, index = area.selectionEnd) {
  const mirror = document.createElement("div");
  const marker = document.createElement("span");
  const style = getComputedStyle(area);
  for (const name of COPIED) mirror.style[name] = style[name];
  Object.assign(mirror.style, {
    position: "absolute", insetBlockStart: "0", insetInlineStart: "0", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word",
    width: `${area.clientWidth + parseFloat(style.borderLeftWidth) + parseFloat(style.borderRightWidth)}px`, boxSizing: "border-box",
  });
  marker.textContent = area.value.slice(index, index + 1).trim() || "\u200b";
  mirror.append(area.value.slice(0, index), marker);
  document.body.append(mirror);
  const box = area.getBoundingClientRect();
  const lineHeight = parseFloat(style.lineHeight) || parseFloat(style.fontSize) * 1.4;
  const top = box.top + marker.offsetTop - area.scrollTop;
  const left = box.left + marker.offsetLeft - area.scrollLeft;
  mirror.remove();
  const visibleTop = Math.min(Math.max(top, box.top), box.bottom - lineHeight);
  return { top: visibleTop, bottom: visibleTop + lineHeight, left };
}
