/* Pasting, dropping or choosing an image: asks for a description first, then uploads it and puts its code in the text. */

import { askPicture } from "./picture_dialog.js";
import { insertParagraph } from "./typing.js";

const imageIn = (transfer) => [...(transfer?.files || [])].find((file) => file.type.startsWith("image/"));

/* Put the cursor where the file was dropped, in browsers that can tell. */
function moveCursor(area, event) {
  const spot = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (spot?.offsetNode === area) area.setSelectionRange(spot.offset, spot.offset);
}

/* Return the tool behind the button, or undefined when this page has no dialog for it. */
export function startPictures(area) {
  const dialog = document.querySelector("[data-image-dialog]");
  if (!dialog) return undefined;

  async function insert(file) {
    const at = area.selectionEnd;
    if (dialog.open) return;
    const code = await askPicture(dialog, { file, url: area.dataset.markdownxUploadUrlsPath, form: area.form });
    area.focus();
    area.setSelectionRange(at, at);
    if (code) insertParagraph(area, code, at);
  }

  area.addEventListener("paste", (event) => {
    const file = imageIn(event.clipboardData);
    if (!file || event.clipboardData.types.includes("text/plain")) return; // a word processor adds a picture of the text
    event.preventDefault();
    insert(file);
  });
  area.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  area.addEventListener("drop", (event) => {
    const file = imageIn(event.dataTransfer) || event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault(); // without this the browser leaves the page to show the file
    moveCursor(area, event);
    insert(file);
  });
  return () => insert(null);
}
