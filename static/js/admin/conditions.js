/* Rows that look at a question (conditions, points): offer only what fits the chosen question, and tick answers in place of the
   long list. The list stays the field that is sent; without this script it offers the answers of every question. */

const NUMBERS = ["at_least", "at_most"];
const cell = (row, name) => row.querySelector(`[data-cell='${name}']`);
const fieldOf = (row, name) => row.querySelector(`[name$='-${name}']`);

function ticksFor(list, group) {
  const box = document.createElement("div");
  box.className = "answer-ticks";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Antwoord");
  for (const option of group.querySelectorAll("option")) {
    const label = document.createElement("label");
    const tick = Object.assign(document.createElement("input"), { type: "checkbox", checked: option.selected });
    tick.addEventListener("change", () => { option.selected = tick.checked; });
    label.append(tick, ` ${option.textContent}`);
    box.append(label);
  }
  return box;
}

/* Show the answers of the chosen question; forget those of another one when the choice was just changed. */
function showAnswers(row, key, isChange) {
  const place = cell(row, "answers");
  const list = fieldOf(row, "answers");
  place.querySelector(".answer-ticks")?.remove();
  const options = [...list.options];
  const mine = options.find((option) => option.value.startsWith(`${key}=`));
  if (isChange) options.forEach((option) => { if (!option.value.startsWith(`${key}=`)) option.selected = false; });
  const isStrange = options.some((option) => option.selected && !option.value.startsWith(`${key}=`));
  list.hidden = Boolean(mine) && !isStrange; // what does not fit stays in sight until it is gone
  place.hidden = !mine && !isStrange;
  if (mine && !isStrange) list.after(ticksFor(list, mine.parentElement));
}

function showNumber(row, isNumber, isChange) {
  for (const name of ["number", "at_least", "at_most"]) {
    const place = cell(row, name);
    if (!place) continue;
    const field = fieldOf(row, name);
    if (!isNumber && isChange) field.value = "";
    place.hidden = !isNumber && field.value === "";
  }
}

function showOperators(row, isNumber, isAny, isChange) {
  const operator = fieldOf(row, "operator");
  if (!operator) return;
  for (const option of operator.options) option.hidden = isAny && NUMBERS.includes(option.value) !== isNumber;
  if (isChange && operator.selectedOptions[0].hidden) operator.value = isNumber ? "at_least" : "is";
}

function follow(row, isChange = false) {
  const about = fieldOf(row, "about");
  const [kind, key] = about.value.split(/:(.*)/);
  const hasAnswers = [...fieldOf(row, "answers").options].some((option) => kind === "vraag" && option.value.startsWith(`${key}=`));
  const isAny = about.value !== "";
  const isNumber = isAny && !hasAnswers;
  showAnswers(row, hasAnswers ? key : "", isChange);
  showNumber(row, isNumber, isChange);
  showOperators(row, isNumber, isAny, isChange);
}

function startRow(row) {
  const about = fieldOf(row, "about");
  if (!about || row.matches(".empty-form") || row.dataset.started) return;
  row.dataset.started = "yes";
  about.addEventListener("change", () => follow(row, true));
  follow(row);
}

/* A question: only a number has bounds, only a choice has answers. */
function startKind() {
  const kind = document.querySelector("#question_form #id_kind");
  if (!kind) return;
  const bounds = document.querySelector(".of-number");
  const answers = document.querySelector("#options-group");
  const show = () => {
    bounds.hidden = kind.value !== "number" && !bounds.querySelector(".errorlist");
    const isFilled = [...answers.querySelectorAll("[name$='-label']")].some((field) => field.value);
    answers.hidden = !["choice", "several"].includes(kind.value) && !isFilled;
  };
  kind.addEventListener("change", show);
  show();
}

document.querySelectorAll(".answer-rows .inline-related").forEach(startRow);
document.addEventListener("formset:added", (event) => startRow(event.target));
startKind();
