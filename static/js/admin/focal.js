/* The focal point of an image: click or drag on the picture, or move the marker with the arrow keys. The number fields hold it;
   without this script you type them yourself. Small pictures show what lists and other sites will cut out. */

const LARGE = 10;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const CUTS = [["list", "In een lijst"], ["share", "Op andere sites"], ["tall", "Boven een artikel"]];

const make = (name, props, ...children) => {
  const made = Object.assign(document.createElement(name), props);
  made.append(...children);
  return made;
};
const inside = (value) => Math.min(100, Math.max(0, Math.round(value) || 0));

function makeCuts(image) {
  return CUTS.map(([name, text]) =>
    make("figure", {}, make("img", { src: image.currentSrc || image.src, alt: "", className: `focal-cut-${name}` }), make("figcaption", { textContent: text })));
}

class Focal {
  constructor(box, fields) {
    this.fields = fields;
    this.image = box.querySelector("img");
    this.marker = make("button", { type: "button", className: "focal-marker" });
    this.said = make("p", { className: "visually-hidden" });
    this.said.setAttribute("role", "status");
    const hint = make("p", { className: "focal-hint", id: "focal-hint", textContent: "Klik op de afbeelding, sleep het rondje, of verplaats het met de pijltjestoetsen (met Shift in grotere stappen)." });
    this.marker.setAttribute("aria-describedby", hint.id);
    this.cuts = makeCuts(this.image);
    box.append(this.marker);
    box.after(hint, make("div", { className: "focal-cuts" }, ...this.cuts), this.said);
    box.classList.add("is-live");
    this.listen(box);
    this.show();
  }

  get point() { return this.fields.map((field) => inside(field.value)); }

  set(x, y) {
    [x, y].forEach((value, i) => { this.fields[i].value = inside(value); });
    this.fields[0].dispatchEvent(new Event("change", { bubbles: true }));
    this.show();
  }

  /* Positions come from here and not from the page: its policy allows no style in the HTML. */
  show() {
    const [x, y] = this.point;
    this.marker.style.left = `${this.image.offsetLeft + (this.image.offsetWidth * x) / 100}px`;
    this.marker.style.top = `${this.image.offsetTop + (this.image.offsetHeight * y) / 100}px`;
    this.marker.setAttribute("aria-label", `Focuspunt: ${x}% van links, ${y}% van boven`);
    for (const cut of this.cuts) cut.firstChild.style.objectPosition = `${x}% ${y}%`;
  }

  follow(event) {
    const box = this.image.getBoundingClientRect();
    this.set(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  }

  listen(box) {
    box.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      box.setPointerCapture(event.pointerId);
      this.follow(event);
      this.marker.focus();
    });
    box.addEventListener("pointermove", (event) => {
      if (box.hasPointerCapture(event.pointerId)) this.follow(event);
    });
    this.marker.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const [x, y] = this.point.map((value, i) => value + step[i] * (event.shiftKey ? LARGE : 1));
      this.set(x, y);
      this.said.textContent = `${this.point[0]}% van links, ${this.point[1]}% van boven`;
    });
    for (const field of this.fields) field.addEventListener("input", () => this.show());
    new ResizeObserver(() => this.show()).observe(this.image);
  }
}

export function startFocal(root = document) {
  for (const box of root.querySelectorAll("[data-focal]")) {
    const fields = ["x", "y"].map((axis) => document.getElementById(`id_focal_${axis}`));
    if (box.dataset.focal === "ready" || fields.includes(null)) continue;
    box.dataset.focal = "ready";
    new Focal(box, fields);
  }
}

startFocal();
