/* The buttons above a text. Each does what you could type; the toolbar is one stop for the Tab key, the arrows go through it. */

import { changeLines, insertParagraph, wrap } from "./typing.js";

const TABLE = "| Groep | Waarde |\n| --- | ---: |\n| Eerste |  |\n| Tweede |  |\n: Bijschrift bij de tabel";
const KEYS = { b: "bold", i: "italic", k: "link" };

/* Headings in a chapter start at ###, under a benefit at ####: the ones above are fields of their own. */
const headingMark = (area) => (area.name.startsWith("benefits-") ? "#### " : "### ");

function toggleHeading(area) {
  const mark = headingMark(area);
  changeLines(area, (line, i) => {
    if (i > 0) return line;
    const words = line.replace(/^#+\s*/, "");
    return line.startsWith(mark) ? words : mark + (words || "Kop");
  });
}

function toggleList(area) {
  changeLines(area, (line) => (/^[-*] /.test(line) ? line.slice(2) : `- ${line}`));
}

function link(area) {
  const address = area.selectionEnd;
  wrap(area, "[", "](https://)", "tekst van de link");
  if (area.selectionEnd >= address) area.setSelectionRange(area.selectionEnd + 2, area.selectionEnd + 10); // the address is what comes next
}

const PLAIN = {
  heading: toggleHeading,
  list: toggleList,
  link,
  bold: (area) => wrap(area, "**", "**", "vette tekst"),
  italic: (area) => wrap(area, "*", "*", "cursieve tekst"),
  table: (area) => insertParagraph(area, TABLE),
};

function moveThrough(tools) {
  const buttons = [...tools.querySelectorAll("[data-tool]:not([hidden])")];
  buttons.forEach((button, i) => { button.tabIndex = i ? -1 : 0; });
  tools.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = buttons.at(to % buttons.length);
    buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
    next.focus();
  });
}

/* `more` holds the tools that need other modules; a tool that nobody offers on this page is not shown. */
export function startToolbar(field, area, more) {
  const tools = field.querySelector("[data-tools]");
  const does = { ...PLAIN, ...more };
  const label = area.labels?.[0]?.textContent.trim().replace(/:$/, "");
  if (label) tools.setAttribute("aria-label", `Opmaak van: ${label}`);
  for (const button of tools.querySelectorAll("[data-tool]")) button.hidden = !does[button.dataset.tool];
  tools.hidden = false;
  moveThrough(tools);
  tools.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); }); // the selection stays
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    if (button) does[button.dataset.tool](area);
  });
  area.addEventListener("keydown", (event) => {
    const tool = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[event.key.toLowerCase()];
    if (!tool) return;
    event.preventDefault();
    does[tool](area);
  });
}
