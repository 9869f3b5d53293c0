/* The live preview of a text, made by the renderer of the public page from the whole form as it is now, numbers of sources included. */

import { post } from "./ask.js";
import { showFindings } from "./findings.js";

const WAIT = 400;
const CHANGED = "desk:changed"; // something in the form changed: every other preview may hold old numbers

/* The form's values without its files: the preview doesn't need them. */
function bodyOf(form, name) {
  const body = new FormData();
  for (const [key, value] of new FormData(form)) if (typeof value === "string") body.append(key, value);
  body.append("field", name);
  return body;
}

/* A room of its own: the sheets of the public page apply inside, those of the admin stay out, and no id meets another. */
function makePage(pane) {
  const root = pane.shadowRoot || pane.attachShadow({ mode: "open" });
  const sheets = pane.dataset.sheets.split(" ").map((href) => Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  const page = Object.assign(document.createElement("div"), { className: "prose", lang: "nl", part: "page" });
  root.replaceChildren(...sheets, page);
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link?.getAttribute("href").startsWith("#")) event.preventDefault(); // its target is elsewhere on the page
    else if (link) Object.assign(link, { target: "_blank", rel: "noopener" });
  });
  return page;
}

export function startPreview(field, area) {
  const pane = field.querySelector("[data-markdown-preview]");
  const status = field.querySelector("[data-preview-status]");
  const { form } = area;
  if (!form || !pane) return;
  const page = makePage(pane);
  let [timer, request, isStale, isSeen] = [0, null, true, false];

  function fail(error) {
    status.textContent = `${error.message} `;
    field.classList.add("has-trouble");
    if (!error.signIn) return;
    const link = Object.assign(document.createElement("a"), { href: `${field.dataset.login}?next=/beheer/`, target: "_blank", textContent: "Meld je aan op een nieuw tabblad" });
    status.append(link, " en typ daarna hier verder.");
  }

  async function refresh() {
    clearTimeout(timer);
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    isStale = false; // what changes while the answer is under way makes it stale again
    try {
      const answer = await post(area.dataset.markdownxUrlsPath, bodyOf(form, area.name), { form, signal });
      page.innerHTML = answer.html; // the server has cleaned it
      pane.hidden = pane.hidden && !answer.html;
      status.textContent = "";
      field.classList.remove("has-trouble");
      showFindings(answer.findings);
    } catch (error) {
      if (error.name === "AbortError") return;
      isStale = true;
      fail(error);
    }
  }

  function later(wait = WAIT) {
    clearTimeout(timer);
    timer = setTimeout(refresh, wait);
  }

  area.addEventListener("input", () => {
    form.dispatchEvent(new CustomEvent(CHANGED, { detail: area }));
    later();
  });
  area.addEventListener("focus", () => { if (isStale) later(0); });
  area.addEventListener("scroll", () => {
    const hidden = area.scrollHeight - area.clientHeight;
    if (hidden > 0) pane.scrollTop = (area.scrollTop / hidden) * (pane.scrollHeight - pane.clientHeight);
  }, { passive: true });
  form.addEventListener(CHANGED, (event) => {
    isStale = true;
    if (event.detail !== area && isSeen) later(3 * WAIT);
  });
  new IntersectionObserver(([entry]) => {
    isSeen = entry.isIntersecting;
    if (isSeen && isStale) later();
  }, { rootMargin: "50% 0px" }).observe(field);
}

/* Other fields count too: a heading, a picture, the order of the rows. Tell the previews. */
export function watchForm(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "yes";
  const tell = (event) => { if (!event.target.closest?.("[data-markdown-field]")) form.dispatchEvent(new CustomEvent(CHANGED)); };
  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
}
