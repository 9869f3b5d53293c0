/* The panel with what the checks say: kept up to date, and every finding leads to its place. */

import { selectLine } from "./typing.js";

const element = (name, props = {}, ...children) => {
  const made = Object.assign(document.createElement(name), props);
  made.append(...children);
  return made;
};

function item(finding) {
  let place = finding.place;
  if (finding.target && document.getElementById(finding.target)) {
    place = element("a", { href: `#${finding.target}`, textContent: finding.place });
    place.dataset.line = finding.line;
  }
  const label = element("strong", { textContent: finding.label });
  return element("li", { className: `finding finding-${finding.level}` }, label, element("p", {}, ...(place ? [place, " · "] : []), finding.message));
}

export function showFindings(findings) {
  const panel = document.querySelector("[data-findings]");
  if (!panel) return;
  const shown = JSON.stringify(findings);
  if (panel.dataset.shown === shown) return; // keep the focus of whoever is in the list
  panel.dataset.shown = shown;
  panel.querySelector("[data-findings-list]").replaceChildren(...findings.map(item));
  panel.querySelector("[data-findings-count]").textContent = findings.length || "";
  panel.querySelector("[data-findings-none]").hidden = findings.length > 0;
}

/* Open whatever hides `field`, then go to it. */
function goTo(field, line) {
  field.dispatchEvent(new CustomEvent("desk:reveal", { bubbles: true }));
  for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  if (field.tagName === "TEXTAREA" && line > 0) selectLine(field, line);
  else field.focus();
  field.scrollIntoView({ block: "center" });
}

export function startFindings() {
  const panel = document.querySelector("[data-findings]");
  if (!panel || panel.dataset.started) return;
  panel.dataset.started = "yes";
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    goTo(field, Number(link.dataset.line));
  });
  const asked = document.getElementById(location.hash.slice(1)); // a link from elsewhere, such as the page of an image
  if (asked?.form) goTo(asked, 0);
}
