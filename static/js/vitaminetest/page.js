// Makes a page of the questionnaire kinder. Without this file it works the same: the server says what is wrong.
// - The message on top gets the focus, in browsers that don't know `autofocus` outside fields; its link leads into the field.
// - Ticking "geen van deze" takes away the other ticks, and the other way round.
// - Printing has a button.

export function start(root = document) {
  root.querySelectorAll("[data-print]").forEach((part) => { part.hidden = false; });
  root.querySelector("[data-focus-first]")?.focus();
}

function tick({ target }) {
  const field = target.checked && target.closest("[data-several]");
  if (!field) return;
  const isAlone = "alone" in target.dataset;
  for (const box of field.querySelectorAll("input")) {
    if (box !== target && (isAlone || "alone" in box.dataset)) box.checked = false;
  }
}

function press(event) {
  if (event.target.closest("[data-print] button")) print();
  const link = event.target.closest(".problems a");
  if (!link) return;
  event.preventDefault();
  document.getElementById(link.hash.slice(1))?.focus();
}

document.addEventListener("change", tick);
document.addEventListener("click", press);
start();
