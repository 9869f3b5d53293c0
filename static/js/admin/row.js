/* One row of an article: its line with the heading, the button that opens it, and the buttons that move it. */

const make = (name, props, ...children) => {
  const made = Object.assign(document.createElement(name), props);
  made.append(...children);
  return made;
};

export function nameOf(row) {
  return row.querySelector("[name$='-heading'], [name$='-title']").value.trim() || "zonder kop";
}

export function openRow(row, isOpen) {
  row.classList.toggle("is-closed", !isOpen);
  row.querySelector(".row-toggle").setAttribute("aria-expanded", String(isOpen));
  row.dispatchEvent(new CustomEvent("desk:toggled", { bubbles: true }));
}

/* Show place `number` of `total`, and let the names of the buttons follow the heading. */
export function numberRow(row, number, total) {
  const name = nameOf(row);
  row.querySelector(".row-number").textContent = number;
  row.querySelector(".inline_label").textContent = name;
  const ends = { "-1": number === 1, 1: number === total };
  for (const button of row.querySelectorAll("[data-step]")) {
    button.setAttribute("aria-label", `${button.title}: ${name}`);
    button.setAttribute("aria-disabled", String(ends[button.dataset.step]));
  }
}

function makeBar(onMove) {
  const bar = make("div", { className: "row-bar" }, make("span", { className: "row-handle", title: "Versleep naar een andere plaats" }));
  bar.firstChild.setAttribute("aria-hidden", "true");
  for (const [step, title, sign] of [[-1, "Omhoog", "↑"], [1, "Omlaag", "↓"]]) {
    const button = make("button", { type: "button", className: "row-move", title, textContent: sign });
    button.dataset.step = step;
    button.addEventListener("click", () => onMove(step, button));
    bar.append(button);
  }
  return bar;
}

export function dressRow(row, { onMove }) {
  if (row.querySelector(".row-bar")) return;
  const heading = row.querySelector("h3");
  const label = heading.querySelector(".inline_label");
  const kind = heading.querySelector("b").textContent.replace(/:$/, "");
  heading.querySelector("b").remove();
  label.className = "inline_label";
  const toggle = make("button", { type: "button", className: "row-toggle" },
    make("span", { className: "visually-hidden", textContent: `${kind} ` }), make("span", { className: "row-number" }), " ", label);
  toggle.addEventListener("click", () => openRow(row, row.classList.contains("is-closed")));
  heading.prepend(toggle);
  heading.after(makeBar(onMove));
  const title = row.querySelector("[name$='-heading'], [name$='-title']");
  title.addEventListener("input", () => {
    const rows = [...row.parentElement.querySelectorAll(":scope > .inline-related:not(.empty-form)")];
    numberRow(row, rows.indexOf(row) + 1, rows.length);
  });
  const marked = heading.querySelector(".delete input");
  marked?.addEventListener("change", () => row.classList.toggle("is-leaving", marked.checked));
}
