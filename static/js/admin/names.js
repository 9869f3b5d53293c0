/* Names for what Django's own scripts leave without one, so that a screen reader can say what each field is for. */

const labelOf = (id) => document.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent.trim().replace(/:$/, "");

function nameChoices(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const box = select.nextElementSibling;
    for (const part of box?.querySelectorAll("[role=combobox], [role=textbox]") || []) part.setAttribute("aria-label", labelOf(select.id) || "Keuze");
  }
}

function nameTimes(root) {
  for (const input of root.querySelectorAll(".vDateField, .vTimeField")) {
    if (input.labels.length) continue;
    const row = input.closest(".form-row")?.querySelector("label, legend")?.textContent.trim().replace(/:$/, "") || "";
    input.setAttribute("aria-label", `${row} (${input.matches(".vDateField") ? "datum" : "tijd"})`.trim());
  }
}

/* The list that select2 opens stands at the end of the page, outside every landmark. */
function nameOpenList(search) {
  search.setAttribute("aria-label", "Zoeken");
  const list = search.closest("body > .select2-container");
  list?.setAttribute("role", "region");
  list?.setAttribute("aria-label", "Keuzelijst");
  const opener = document.querySelector(".select2-container--open [role=combobox][aria-owns]");
  opener?.setAttribute("aria-controls", opener.getAttribute("aria-owns"));
}

function nameAll(root) {
  nameChoices(root);
  nameTimes(root);
  for (const icon of root.querySelectorAll("span.help-tooltip[aria-label]")) icon.setAttribute("role", "img");
}

/* After Django's scripts, which wait for the document too. */
const later = (root) => setTimeout(() => nameAll(root));
if (document.readyState === "complete") later(document);
else window.addEventListener("load", () => later(document));
document.addEventListener("formset:added", (event) => later(event.target));
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".select2-search__field")) nameOpenList(target);
});
