// Buttons that copy a text. They are hidden until this file runs.

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy"); // pages without https have nothing newer
  field.remove();
  if (!done) throw new Error("not copied");
}

function offer(button, root) {
  const status = button.closest("details, section, main").querySelector("[data-copy-status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      await copy(root.getElementById(button.dataset.copy).textContent.trim());
      status.textContent = "Gekopieerd";
    } catch {
      status.textContent = "Kopiëren lukt niet in deze browser. Selecteer de tekst en kopieer die zelf.";
    }
    button.focus();
  });
}

export function start(root = document) {
  for (const button of root.querySelectorAll("[data-copy]:not([data-started])")) {
    button.dataset.started = "";
    offer(button, root);
  }
}

start();
