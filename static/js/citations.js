// A numbered source opens in a small card beside its number. Without this file the number is a link to the list of sources.
// The card shows every source of the group (3,4,5). It opens by click, touch, Enter and, for a mouse, by pointing; it can be
// entered, and leaves by Escape, a click elsewhere, the button, or by pointing away if pointing had opened it.

const OPEN_AFTER = 180; // ms of pointing before the card opens
const CLOSE_AFTER = 320; // ms to move the pointer from the number to the card
const GAP = 10; // px between number and card

let card, link, pinned, timer;

function build() {
  card = document.createElement("div");
  card.className = "source-card";
  card.popover = "manual";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  card.addEventListener("keydown", keepOrder);
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", closeSoon);
  document.body.append(card);
}

function entryOf(a) {
  const source = document.getElementById(decodeURIComponent(a.hash.slice(1)));
  const line = source?.querySelector(".source-line")?.cloneNode(true);
  if (!line) return "";
  for (const element of [line, ...line.querySelectorAll("[id]")]) element.removeAttribute("id");
  const entry = document.createElement("li");
  entry.dataset.number = a.textContent;
  entry.toggleAttribute("data-chosen", a === link);
  entry.append(line);
  return entry;
}

function fill(group) {
  const numbers = group.map((a) => a.textContent);
  const last = numbers.pop();
  card.ariaLabel = numbers.length ? `Bronnen ${numbers.join(", ")} en ${last}` : `Bron ${last}`;
  const list = document.createElement("ol");
  list.role = "list";
  list.append(...group.map(entryOf));
  const foot = document.createElement("p");
  foot.className = "source-card-foot";
  const toList = document.createElement("a");
  toList.href = link.hash;
  toList.textContent = "Naar de bronnenlijst";
  toList.addEventListener("click", () => close());
  foot.append(toList);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "source-card-close";
  button.ariaLabel = "Sluit";
  button.textContent = "×";
  button.addEventListener("click", () => close({ back: true }));
  card.replaceChildren(list, foot, button);
}

function place() {
  const spot = link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const room = document.documentElement.clientWidth;
  const x = Math.max(8, Math.min(spot.left + spot.width / 2 - width / 3, room - width - 8));
  const above = spot.bottom + GAP + height > innerHeight && spot.top - GAP - height > 0;
  const y = above ? spot.top - GAP - height : spot.bottom + GAP;
  card.style.setProperty("--card-x", `${x + scrollX}px`);
  card.style.setProperty("--card-y", `${y + scrollY}px`);
}

function open(a, { pin }) {
  clearTimeout(timer);
  if (link !== a) {
    if (!card) build();
    close();
    link = a;
    link.toggleAttribute("data-open", true);
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
  link.removeAttribute("data-open");
  link = undefined;
  pinned = false;
  card.hidePopover();
  if (held) from.focus({ preventScroll: true });
}

function closeSoon() {
  clearTimeout(timer);
  if (link && !pinned) timer = setTimeout(close, CLOSE_AFTER);
}

// The card stands at the end of the page, but Tab goes through it as if it stood right behind its number.
function keepOrder(event) {
  if (event.key !== "Tab") return;
  const stops = [...card.querySelectorAll("a[href], button")];
  const [first, last] = [stops[0], stops.at(-1)];
  const leaves = event.shiftKey ? [first, card] : [last];
  if (!leaves.includes(document.activeElement)) return;
  const from = link;
  close({ back: true });
  from.focus({ preventScroll: true });
  if (event.shiftKey) event.preventDefault(); // back on the number itself; forward, the browser goes on from there
}

const numberAt = (event) => event.target.closest?.(".cite a[href^='#']");

function onClick(event) {
  const a = numberAt(event);
  if (!a || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (a === link && pinned) close({ back: true });
  else open(a, { pin: true });
}

function onPoint(event) {
  if (event.pointerType !== "mouse" || pinned) return;
  const a = numberAt(event);
  if (!a) return;
  clearTimeout(timer);
  if (a !== link) timer = setTimeout(() => open(a, { pin: false }), OPEN_AFTER);
}

export function start(root = document) {
  if (!("popover" in HTMLElement.prototype) || root.documentElement.dataset.citations) return;
  root.documentElement.dataset.citations = "on";
  root.addEventListener("click", onClick);
  root.addEventListener("pointerover", onPoint);
  root.addEventListener("pointerout", (event) => numberAt(event) && closeSoon());
  root.addEventListener("pointerdown", (event) => !numberAt(event) && !card?.contains(event.target) && close());
  root.addEventListener("keydown", (event) => event.key === "Escape" && link && close({ back: true }));
  addEventListener("resize", () => link && place());
}

start();
