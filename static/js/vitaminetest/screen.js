// Shows a page of the questionnaire from what the server made blank: the same templates, filled in here.

import { typedAs } from "./asking.js";
import { DECLINED, evaluate } from "./evaluate.js";
import { CHECK, RESULT, countQuestion } from "./journey.js";
import { givenAnswers, makeResult, textForAdviser } from "./result.js";
import { fill as phrase } from "./phrases.js";

const template = (name, key) => document.querySelector(`template[data-${name}="${key}"]`);
const copy = (name, key) => template(name, key).content.cloneNode(true);

// Return the page where a journey is, and its title. `problem`: {fault, typed} of a question that was not answered well.
export function makePage(program, journey, problem) {
  const page = copy("page", journey.at);
  const question = program.questions.get(journey.at);
  if (question) fillQuestion(page, program, journey, question, problem);
  if (journey.at === CHECK) fillCheck(page, program, journey);
  if (journey.at === RESULT) fillResult(page, program, journey);
  carryAnswers(page, journey);
  page.querySelector("[autofocus]")?.removeAttribute("autofocus"); // for a page that is loaded
  const title = template("page", journey.at).dataset.title;
  return { page, title: problem ? program.phrases.wrong + title : title };
}

// Put words where a template has a place for them; a place without words goes.
function fill(root, values) {
  for (const place of root.querySelectorAll("[data-fill]")) {
    const words = values[place.dataset.fill];
    if (words) place.textContent = words;
    if (words === "") place.remove();
  }
}

// The first child of a list is what each of its items looks like.
function repeat(list, items, fillOne) {
  const sample = list.firstElementChild;
  list.replaceChildren(...items.map((item) => {
    const element = sample.cloneNode(true);
    fillOne(element, item);
    return element;
  }));
}

function fillQuestion(page, program, journey, question, problem) {
  const { key } = question;
  fill(page, { count: phrase(program, "count", { number: countQuestion(program, journey) }), fault: question.faults[problem?.fault] });
  if (!problem) clearFault(page);
  const typed = problem?.typed ?? typedAs(journey.answers[key]);
  for (const control of page.querySelectorAll(`[name="answer-${key}"]`)) {
    if (control.type === "text") control.value = typed.find((value) => value !== DECLINED) ?? "";
    else control.checked = typed.includes(control.value);
  }
}

function clearFault(page) {
  page.querySelectorAll("[data-if-fault]").forEach((part) => part.remove());
  page.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
  page.querySelector("[data-field]")?.classList.remove("field-wrong");
  for (const control of page.querySelectorAll("[aria-describedby]")) {
    const there = control.getAttribute("aria-describedby").split(" ").filter((id) => page.getElementById(id));
    if (there.length) control.setAttribute("aria-describedby", there.join(" "));
    else control.removeAttribute("aria-describedby");
  }
}

function fillCheck(page, program, { answers }) {
  repeat(page.querySelector("[data-list=answers]"), givenAnswers(program, evaluate(program, answers)), (row, given) => {
    fill(row, given);
    row.querySelector("button").value = `change:${given.key}`;
  });
}

function fillResult(page, program, { answers }) {
  const result = makeResult(program, answers);
  fill(page, { note: result.note });
  repeat(page.querySelector("[data-list=given]"), result.answers, fill);
  if (result.need) fillNeed(page, result.need);
  page.querySelector("[data-groups]").append(...result.groups.map(makeGroup));
  page.querySelector("[name=test_result]").value = textForAdviser(program, result);
}

function fillNeed(page, { lead, lines }) {
  fill(page, { need: lead });
  const list = page.querySelector("[data-list=needs]");
  if (lines.length) repeat(list, lines, (item, line) => { item.textContent = line; });
  else list.remove();
}

function makeGroup({ kind, outcomes }) {
  const group = copy("group", kind);
  group.querySelector("[data-outcomes]").append(...outcomes.map(makeOutcome));
  return group;
}

function makeOutcome({ key, reasons, change }) {
  const outcome = copy("outcome", key);
  fill(outcome, { change });
  repeat(outcome.querySelector("[data-list=reasons]"), reasons, (part, { lead, lines }) => {
    fill(part, { lead });
    repeat(part.querySelector("[data-list=lines]"), lines, (item, line) => { item.textContent = line; });
  });
  return outcome;
}

// Should anything fail here, the form goes to the server, which then knows the answers too.
function carryAnswers(page, { answers, at }) {
  for (const { form } of page.querySelectorAll("[name=state]")) {
    for (const [key, answer] of Object.entries(answers).filter(([key]) => key !== at)) {
      form.append(...typedAs(answer).map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: `answer-${key}`, value })));
    }
  }
}
