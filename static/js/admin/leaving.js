/* No work gets lost: a warning before leaving, Ctrl+S, and one submit for a double click. */

const AGAIN = 1000; // ms within which a second click on Voorbeeld is the same click

const valuesOf = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : value.name]));

export function startLeaving(form) {
  if (form.dataset.leaving) return;
  form.dataset.leaving = "guarded";
  const start = form.querySelector(".errornote") ? "" : valuesOf(form); // a page with errors holds text that isn't saved
  const isChanged = () => valuesOf(form) !== start;
  const mark = document.querySelector("[data-unsaved-mark]");
  let [isSending, previewedAt] = [false, -AGAIN];

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.formTarget === "_blank") {
      if (event.timeStamp - previewedAt < AGAIN) event.preventDefault();
      else previewedAt = event.timeStamp;
    } else if (isSending) {
      event.preventDefault();
    } else {
      isSending = true;
      document.querySelector("[data-desk-bar]")?.classList.add("is-sending");
    }
  });
  window.addEventListener("pageshow", (event) => { // back through the browser's own memory of pages
    if (!event.persisted) return;
    isSending = false;
    document.querySelector("[data-desk-bar]")?.classList.remove("is-sending");
  });
  window.addEventListener("beforeunload", (event) => { if (!isSending && isChanged()) event.preventDefault(); });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) form.requestSubmit(form.querySelector("[name=_draft]"));
  });
  if (mark) for (const type of ["input", "change"]) form.addEventListener(type, () => { mark.hidden = !isChanged(); });
}
