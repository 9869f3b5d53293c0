/* Dragging a row by its handle. The rows shrink to one line meanwhile; only the others move, so that the row under the pointer stays held. */

const EDGE = 60; // pixels from the edge of the window where the page starts to scroll

export function startDragging(rows) {
  rows.group.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".row-handle");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    drag(rows, handle.closest(".inline-related"), event);
  });
}

function drag(rows, row, start) {
  const before = rows.all;
  const controls = new AbortController();
  const on = (type, handler) => document.addEventListener(type, handler, { signal: controls.signal });
  let frame = 0;
  let y = start.clientY;

  const top = row.getBoundingClientRect().top;
  rows.group.classList.add("is-sorting");
  row.classList.add("is-dragged");
  scrollBy(0, row.getBoundingClientRect().top - top);

  function follow() {
    if (y < EDGE) scrollBy(0, -12);
    if (y > innerHeight - 2 * EDGE) scrollBy(0, 12);
    const others = rows.all;
    const at = others.indexOf(row);
    const middle = (other) => { const box = other.getBoundingClientRect(); return box.top + box.height / 2; };
    if (others[at - 1] && y < middle(others[at - 1])) row.after(others[at - 1]);
    else if (others[at + 1] && y > middle(others[at + 1])) row.before(others[at + 1]);
    frame = requestAnimationFrame(follow);
  }

  function stop(isKept) {
    controls.abort();
    cancelAnimationFrame(frame);
    rows.group.classList.remove("is-sorting");
    row.classList.remove("is-dragged");
    if (!isKept) rows.sort((each) => before.indexOf(each));
    else if (rows.all.some((each, i) => each !== before[i])) rows.settle(row);
    row.scrollIntoView({ block: "nearest" });
  }

  on("pointermove", (event) => { y = event.clientY; });
  on("pointerup", () => stop(true));
  on("pointercancel", () => stop(false));
  on("keydown", (event) => { if (event.key === "Escape") stop(false); });
  frame = requestAnimationFrame(follow);
}
