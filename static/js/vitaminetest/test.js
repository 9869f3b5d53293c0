// The whole test in the page: from the first question on nothing is asked of the server, and nothing is kept but in this memory.
// The browser's own back button works: its history has the number of a step, and no answer. Should anything fail, the form goes to
// the server as it does without this file.

import { read } from "./asking.js";
import { prepare } from "./evaluate.js";
import { NOWHERE, RESULT, START, begin, comeBack, goBack, goChange, goOn, goToResult, withAnswer } from "./journey.js";
import { start as startPage } from "./page.js";
import { makeResult, resultText } from "./result.js";
import { makePage } from "./screen.js";

const root = document.querySelector("[data-test]");
const program = prepare(JSON.parse(document.querySelector("template[data-program]").content.textContent));
const first = { nodes: [...root.childNodes], title: document.title };
const MOVES = { begin, next: goOn, back: goBack, result: goToResult };

let journey = NOWHERE;
let step = 0;
const places = [NOWHERE]; // of each step: where, and whether an answer was being changed

function show(problem) {
  const { page, title } = journey.at === START ? { title: first.title } : makePage(program, journey, problem);
  root.replaceChildren(...(page ? [page] : first.nodes));
  document.title = title;
  startPage(root);
  if (!problem) root.querySelector("h1").focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" });
}

function goTo(next) {
  journey = next;
  show();
  step += 1;
  places.splice(step, places.length, journey);
  history.pushState({ step }, "");
}

// Answer a button; return false to leave it to the server.
function press(form, button) {
  const [go, key] = button.value.split(":");
  if (go === "save") return save();
  if (!(go in MOVES || go === "change")) return false;
  const question = program.questions.get(journey.at);
  const typed = question ? new FormData(form).getAll(`answer-${question.key}`) : [];
  const { answer, fault } = question ? read(question, typed) : {};
  if (go === "next" && fault) {
    show({ fault, typed });
    return true;
  }
  const answered = question && !fault && (go === "next" || go === "back") ? withAnswer(journey, question.key, answer) : journey;
  goTo(go === "change" ? goChange(program, answered, key) : MOVES[go](program, answered));
  return true;
}

function save() {
  if (journey.at !== RESULT) return false;
  const text = resultText(program, makeResult(program, journey.answers));
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href, download: program.file }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return true;
}

root.addEventListener("submit", (event) => {
  const { submitter, target } = event;
  try {
    if (submitter?.name === "go" && press(target, submitter)) event.preventDefault();
  } catch (error) {
    console.error(error);
  }
});

root.addEventListener("click", (event) => {
  if (!event.target.closest("[data-again]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  places.fill(NOWHERE); // the way back leads to no answers either
  goTo(NOWHERE);
});

// A step that this page knows nothing of (it was loaded anew) is the start. Without a number it is a jump within the page.
addEventListener("popstate", ({ state }) => {
  if (!state) return history.replaceState({ step }, "");
  if (state.step === step) return undefined;
  step = state.step in places ? state.step : 0;
  journey = comeBack(program, journey, places[step]);
  return show();
});

history.scrollRestoration = "manual";
history.replaceState({ step: 0 }, "");
