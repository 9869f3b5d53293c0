/* The page of a request: saves what is typed, shows who else is there, counts down to sending, and puts standard texts in. */

import { startCanned } from "./advice-canned.js";
import { startDraft } from "./advice-draft.js";
import { startPresence } from "./advice-presence.js";
import "./advice-undo.js";
import { startFindings } from "./findings.js";

const NARROW = "(max-width: 67.99rem)";

function startPanels() {
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest?.("details.request-choice[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("details.request-choice[open]")) if (!open.contains(event.target)) open.open = false;
  });
}

function start() {
  const form = document.getElementById("antwoord-formulier");
  if (!form || form.dataset.started) return;
  form.dataset.started = "yes";
  document.documentElement.classList.add("with-script");
  if (location.pathname !== form.dataset.page) history.replaceState(null, "", form.dataset.page); // a refusal: loading again sends nothing again
  const area = document.getElementById("id_body");
  const draft = area && startDraft(form, area);
  if (area) {
    startCanned(form, area);
    startFindings();
  }
  startPresence(form, draft);
  startPanels();
  if (matchMedia(NARROW).matches) document.querySelector("[data-beside]")?.removeAttribute("open");
}

start();
