// Makes a page of the questionnaire kinder. Without this file it works the same.
export function start(root = document) {
  root.querySelector("[data-focus-first]")?.focus();
}

start();
