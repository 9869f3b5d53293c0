/* A standard text, filled in by the server, at the cursor. Without script the button does it, at the end. */

import { post } from "./ask.js";
import { insertParagraph } from "./typing.js";

export function startCanned(form, area) {
  const box = document.querySelector("[data-canned]");
  if (!box) return;
  const [select, said] = [box.querySelector("select"), box.querySelector("[data-canned-said]")];
  box.querySelector("button").addEventListener("click", async (event) => {
    event.preventDefault();
    const at = area.selectionEnd;
    if (!select.value) {
      said.textContent = "Kies eerst een standaardtekst.";
      select.focus();
      return;
    }
    const body = new FormData();
    for (const [name, value] of [["_insert", "1"], ["canned", select.value]]) body.set(name, value);
    try {
      const { text, missing } = await post(form.action, body, { form });
      insertParagraph(area, text, at);
      said.textContent = missing.length ? `Vul nog in of haal weg: ${missing.join(", ")}.` : "Ingevoegd.";
    } catch (error) {
      said.textContent = error.message;
    }
  });
}
