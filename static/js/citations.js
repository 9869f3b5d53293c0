// A numbered source opens in a small card beside its number. Without this file the number is a link to the list of sources.
// The card shows every source of the group (3,4,5). It opens by click, touch, Enter and, for a mouse, by pointing; it can be
// entered, and closes by Escape, a click elsewhere, its button, or by pointing away if pointing had opened it.

const OPEN_AFTER = 180; // ms of pointing before the card opens
const CLOSE_AFTER = 320; // ms to move the pointer from the number to the card
const GAP = 10; // px between number and card

let card, link, pinned, timer;

const numberAt = (event) => event.target.closest?.(".cite a[href^='#']");

function build(template) {
  card = template.content.firstElementChild.cloneNode(true);
  card.addEventListener("keydown", keepOrder);
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", closeSoon);
  card.querySelector("button").addEventListener("click", () => close({ back: true }));
  card.querySelector("p a").addEventListener("click", () => close());
  document.body.append(card);
}

function entryOf(a) {
  const entry = document.createElement("li");
  entry.dataset.number = a.textContent;
  entry.toggleAttribute("data-chosen", a === link);
  const line = document.getElementById(decodeURIComponent(a.hash.slice(1)))?.querySelector(".source-line");
  if (line) entry.append(line.cloneNode(true));
  entry.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
  return entry;
}

function fill(group) {
  const numbers = group.map((a) => a.textContent);
  const last = numbers.pop();
  card.setAttribute("aria-label", numbers.length ? `Bronnen ${numbers.join(", ")} en ${last}` : `Bron ${last}`);
  card.querySelector("ol").replaceChildren(...group.map(entryOf));
  card.querySelector("p a").href = link.hash;
}

// Under the number, or above it when there is more room; on a small screen the card is a sheet and the text makes way.
function place() {
  const spot = link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  if (getComputedStyle(card).position === "fixed") return scrollBy({ top: Math.max(0, spot.bottom + GAP - (innerHeight - height)) });
  const x = Math.max(8, Math.min(spot.left + spot.width / 2 - width / 3, document.documentElement.clientWidth - width - 8));
  const above = spot.bottom + GAP + height > innerHeight && spot.top - GAP - height > 0;
  const y = above ? spot.top - GAP - height : spot.bottom + GAP;
  card.style.setProperty("--card-x", `${x + scrollX}px`);
  card.style.setProperty("--card-y", `${y + scrollY}px`);
}

function open(a, { pin }) {
  clearTimeout(timer);
  if (link !== a) {
    close();
    link = a;
    link.dataset.open = "";
    fill([...a.closest(".cite").querySelectorAll("a")]);
    card.showPopover();
    card.scrollTop = 0;
    place();
  }
  pinned ||= pin;
  if (pin) card.focus({ preventScroll: true });
}

function close({ back = false } = {}) {
  clearTimeout(timer);
  if (!link) return;
  const from = link;
  const held = back || card.contains(document.activeElement);
  delete link.dataset.open;
  link = pinned = undefined;
  card.hidePopover();
  if (held) from.focus({ preventScroll: true });
}

function closeSoon() {
  clearTimeout(timer);
  if (link && !pinned) timer = setTimeout(close, CLOSE_AFTER);
}

// The card stands at the end of the page, but Tab goes through it as if it stood right behind its number.
function keepOrder(event) {
  const stops = [...card.querySelectorAll("a[href], button")];
  const ends = event.shiftKey ? [stops[0], card] : [stops.at(-1)];
  if (event.key !== "Tab" || !ends.includes(document.activeElement)) return;
  close({ back: true });
  if (event.shiftKey) event.preventDefault(); // back on the number itself; forward, the browser goes on from there
}

function onClick(event) {
  const a = numberAt(event);
  if (!a || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (a === link && pinned) close({ back: true });
  else open(a, { pin: true });
}

function onPoint(event) {
  const a = numberAt(event);
  if (!a || pinned || event.pointerType !== "mouse") return;
  clearTimeout(timer);
  if (a !== link) timer = setTimeout(() => open(a, { pin: false }), OPEN_AFTER);
}

export function start(root = document) {
  const template = root.querySelector("[data-source-card]");
  if (card || !template || !("popover" in HTMLElement.prototype)) return;
  build(template);
  root.addEventListener("click", onClick);
  root.addEventListener("pointerover", onPoint);
  root.addEventListener("pointerout", (event) => numberAt(event) && closeSoon());
  root.addEventListener("pointerdown", (event) => numberAt(event) || card.contains(event.target) || close());
  root.addEventListener("keydown", (event) => event.key === "Escape" && close({ back: true }));
  addEventListener("resize", () => link && place());
}

start();
