/* The dialog that asks what an image shows, uploads it, and keeps everything that was typed when the server says no. */

import { post } from "./ask.js";

/* Drawn on a canvas: the policy of the page allows no picture from memory in an <img>. */
async function drawThumbnail(canvas, file) {
  canvas.hidden = true;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(320 / bitmap.width, 200 / bitmap.height, 1);
    [canvas.width, canvas.height] = [bitmap.width * scale, bitmap.height * scale].map((side) => Math.max(1, Math.round(side)));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    canvas.hidden = false;
  } catch { /* no thumbnail: the server will say what is wrong with the file */ }
}

function showErrors(dialog, errors) {
  const slots = [...dialog.querySelectorAll("[data-errors]")];
  const known = new Set(slots.map((slot) => slot.dataset.errors));
  const rest = Object.entries(errors).filter(([name]) => !known.has(name)).flatMap(([, list]) => list);
  for (const slot of slots) {
    const list = slot.dataset.errors === "other" ? [...(errors.other || []), ...rest] : errors[slot.dataset.errors] || [];
    slot.textContent = list.join(" ");
    const input = slot.parentElement.querySelector("input");
    if (slot.dataset.errors !== "other" && input) input.toggleAttribute("aria-invalid", list.length > 0);
  }
  dialog.querySelector("[aria-invalid]")?.focus();
}

/* Open the dialog and resolve with the code of the new image, or with "" when the editor cancels. */
export function askPicture(dialog, { file, url, form }) {
  const controls = new AbortController();
  const on = (element, type, handler) => element.addEventListener(type, handler, { signal: controls.signal });
  const [asked, add] = [dialog.querySelector("form"), dialog.querySelector("[data-add]")];
  const [input, alt, decorative] = [asked.querySelector("[type=file]"), asked.elements.alt, asked.elements.is_decorative];
  let [chosen, code] = [file, ""];

  function take(next) {
    chosen = next;
    dialog.querySelector("[data-file-name]").textContent = chosen ? `${chosen.name} (${Math.ceil(chosen.size / 1024)} kB)` : "";
    if (chosen) drawThumbnail(dialog.querySelector("[data-thumbnail]"), chosen);
  }

  async function upload() {
    const missing = {};
    if (!chosen) missing.upload = ["Kies een bestand."];
    if (!decorative.checked && !alt.value.trim()) missing.alt = ["Beschrijf wat er te zien is, of vink ‘decoratief’ aan."];
    showErrors(dialog, missing);
    if (Object.keys(missing).length) return;
    const body = new FormData(asked);
    body.set("image", chosen);
    add.setAttribute("aria-disabled", "true");
    add.textContent = "Bezig met toevoegen …";
    try {
      code = (await post(url, body, { form })).image_code;
      dialog.close();
    } catch (error) {
      showErrors(dialog, Object.keys(error.errors || {}).length ? error.errors : { other: [error.message] });
    } finally {
      add.removeAttribute("aria-disabled");
      add.textContent = "Toevoegen";
    }
  }

  asked.reset();
  showErrors(dialog, {});
  alt.disabled = false;
  dialog.querySelector("[data-thumbnail]").hidden = true;
  take(file);
  on(input, "change", () => take(input.files[0] || chosen));
  on(decorative, "change", () => { alt.disabled = decorative.checked; if (alt.disabled) alt.value = ""; });
  on(dialog.querySelector("[data-cancel]"), "click", () => dialog.close());
  on(asked, "submit", (event) => {
    event.preventDefault();
    if (!add.hasAttribute("aria-disabled")) upload();
  });
  dialog.showModal();
  (file ? alt : input).focus();
  return new Promise((resolve) => on(dialog, "close", () => {
    controls.abort();
    resolve(code);
  }));
}
