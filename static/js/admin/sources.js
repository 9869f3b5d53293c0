/* The small list of sources: asks the server, shows what it found beside the caret, and knows which one is pointed at. */

import { get } from "./ask.js";
import { byKey } from "./citation.js";

const WAIT = 120;
const GAP = 6;
const TALLEST = 360; // pixels
let made = 0;

function option(source, id) {
  const item = document.createElement("li");
  item.id = id;
  item.className = "citing-option";
  item.setAttribute("role", "option");
  item.dataset.key = source.key;
  const [name, title, detail] = [source.label || source.key, source.title, source.detail || source.year].map((text, i) => {
    const part = document.createElement("span");
    part.className = ["citing-name", "citing-title", "citing-detail"][i];
    part.textContent = text || "";
    return part;
  });
  item.append(name, title, detail);
  return item;
}

export class SourceList {
  /* `box` is where the list lives in the page; `onChoose(key)` is called with what was chosen. */
  constructor(box, { url, onChoose }) {
    this.id = `bronnen-${(made += 1)}`;
    this.url = url;
    this.panel = document.createElement("div");
    this.panel.className = "citing";
    this.panel.popover = "manual";
    this.panel.innerHTML = `<div class="citing-search" hidden><label for="${this.id}-q">Zoek een bron</label>
      <input type="text" id="${this.id}-q" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="${this.id}" autocomplete="off" spellcheck="false"></div>
      <ul class="citing-list" id="${this.id}" role="listbox" aria-label="Bronnen"></ul><p class="citing-count" role="status"></p>`;
    [this.search, this.list, this.count] = this.panel.children;
    this.input = this.search.querySelector("input");
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays where it is
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[data-key]");
      if (item) onChoose(item.dataset.key);
    });
    box.append(this.panel);
  }

  get isOpen() { return this.panel.matches(":popover-open"); }
  get active() { return this.list.querySelector("[aria-selected=true]"); }

  open({ searching, place }) {
    this.search.hidden = !searching;
    this.place = place;
    if (!this.isOpen) this.panel.showPopover();
    this.put();
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.replaceChildren();
    this.count.textContent = "";
    if (this.isOpen) this.panel.hidePopover();
  }

  /* Below the line at `place()`, or above it when there is more room: never on the line itself. */
  put() {
    if (!this.isOpen) return;
    const { top, bottom, left } = this.place();
    this.panel.style.maxHeight = `${TALLEST}px`;
    const [width, height] = [this.panel.offsetWidth, this.panel.offsetHeight];
    const bar = document.querySelector("[data-desk-bar]")?.offsetHeight || 0;
    const below = innerHeight - bar - bottom - GAP;
    const above = top - GAP;
    const room = below >= height || below >= above ? below : above;
    this.panel.style.maxHeight = `${Math.min(Math.max(room - GAP, 96), TALLEST)}px`;
    const fits = Math.min(height, room - GAP);
    this.panel.style.top = `${room === below ? bottom + GAP : top - GAP - fits}px`;
    this.panel.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8))}px`;
  }

  find(query, onShown) {
    clearTimeout(this.timer);
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.timer = setTimeout(async () => {
      try {
        const { results } = await get(`${this.url}?q=${encodeURIComponent(query)}`, { signal });
        this.show(byKey(results, query));
      } catch (error) {
        if (error.name === "AbortError") return;
        this.show([], error.message);
      }
      onShown();
    }, WAIT);
  }

  show(results, problem = "") {
    this.list.replaceChildren(...results.map((source, i) => option(source, `${this.id}-${i}`)));
    this.list.hidden = !results.length;
    const found = results.length === 1 ? "1 bron gevonden" : `${results.length} bronnen gevonden`;
    this.count.textContent = problem || (results.length ? `${found}. Kies met de pijltjes en Enter.` : "Geen bron gevonden.");
    this.point(0);
    this.put();
  }

  /* Point at option `index`, counted round. */
  point(index) {
    const items = [...this.list.children];
    items.forEach((item) => item.setAttribute("aria-selected", "false"));
    if (!items.length) return;
    const item = items[(index + items.length) % items.length];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
  }

  move(step) { this.point([...this.list.children].indexOf(this.active) + step); }
}
