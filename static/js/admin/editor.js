/* The editors' desk: gives every Markdown field its toolbar, live preview, citing and images, also in rows that are added later. */

import { startCiting } from "./citing.js";
import { startFindings } from "./findings.js";
import { startLeaving } from "./leaving.js";
import { startPictures } from "./pictures.js";
import { startPreview, watchForm } from "./preview.js";
import { startRows } from "./rows.js";
import { startToolbar } from "./toolbar.js";

function startField(field) {
  if (field.dataset.started || field.closest(".empty-form")) return;
  field.dataset.started = "yes";
  const area = field.querySelector("textarea");
  const cite = field.dataset.sources ? startCiting(field, area) : undefined;
  startToolbar(field, area, { cite, image: startPictures(area) });
  startPreview(field, area);
}

function start(root) {
  root.querySelectorAll("[data-markdown-field]").forEach(startField);
}

function startPage() {
  const form = document.querySelector("[data-desk-bar]")?.closest("form");
  if (!form || form.dataset.desk) return;
  form.dataset.desk = "started";
  document.querySelectorAll(".js-inline-admin-formset").forEach(startRows);
  startFindings();
  startLeaving(form);
}

startPage();
start(document);
document.querySelectorAll("form:has([data-markdown-field])").forEach(watchForm);
document.addEventListener("formset:added", (event) => start(event.target));
