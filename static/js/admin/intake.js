// A button that adds a row to an intake table. Without this file there are always two rows left to fill in.

export function start(root = document) {
  const button = root.querySelector("[data-add-row]:not([data-started])");
  if (!button) return;
  button.dataset.started = "";
  button.hidden = false;
  const rows = root.querySelector("[data-rows-of]");
  const total = root.getElementById("id_rows-TOTAL_FORMS");
  const template = root.querySelector("[data-new-row]").innerHTML;
  button.addEventListener("click", () => {
    const number = Number(total.value);
    rows.insertAdjacentHTML("beforeend", template.replaceAll("__prefix__", String(number)));
    total.value = String(number + 1);
    const row = rows.lastElementChild;
    for (const field of row.querySelectorAll("[aria-label]")) field.setAttribute("aria-label", `${field.ariaLabel}, rij ${number + 1}`);
    row.querySelector("select, input").focus();
  });
}

start();
