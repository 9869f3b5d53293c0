// Where a reader is, and where they go next, as vitaminetest/journey.py says. Each returns a new journey.

import { evaluate } from "./evaluate.js";

export const START = "";
export const CHECK = "@check";
export const RESULT = "@result";
export const NOWHERE = { answers: {}, at: START, passed: [], isChanging: false };

export function begin(program, journey) {
  return { ...journey, at: evaluate(program, journey.answers).path[0] ?? CHECK, isChanging: false };
}

export function withAnswer(journey, key, answer) {
  const { [key]: before, ...others } = journey.answers;
  return { ...journey, answers: answer === null ? others : { ...others, [key]: answer } };
}

export function goOn(program, journey) {
  const { answers, at, isChanging } = journey;
  const passed = [...journey.passed.filter((key) => key !== at), at];
  const { path } = evaluate(program, answers);
  const following = isChanging || !path.includes(at)
    ? path.find((key) => !isDone(program, key, answers, passed)) ?? CHECK
    : path[path.indexOf(at) + 1] ?? CHECK;
  return { ...journey, at: following, passed, isChanging: isChanging && following !== CHECK };
}

export function goBack(program, journey) {
  const { answers, at, isChanging } = journey;
  const { path } = evaluate(program, answers);
  if (at === RESULT || (isChanging && at !== CHECK)) return { ...journey, at: CHECK, isChanging: false };
  const before = path.includes(at) ? path.slice(0, path.indexOf(at)) : path;
  return { ...journey, at: before.at(-1) ?? START, isChanging: false };
}

export function goChange(program, journey, key) {
  return evaluate(program, journey.answers).path.includes(key) ? { ...journey, at: key, isChanging: true } : journey;
}

export function goToResult(program, journey) {
  const { open } = evaluate(program, journey.answers);
  return { ...journey, at: open || RESULT, isChanging: open !== "" };
}

// Return the journey back at a place of before, with the answers of now; when these closed it, at the check page.
export function comeBack(program, journey, { at, isChanging }) {
  const { path, open } = evaluate(program, journey.answers);
  const isClosed = at === RESULT ? open !== "" : program.questions.has(at) && !path.includes(at);
  return { ...journey, at: isClosed ? CHECK : at, isChanging: isChanging && !isClosed };
}

export function countQuestion(program, { answers, at }) {
  const { path } = evaluate(program, answers);
  const before = path.includes(at) ? path.slice(0, path.indexOf(at) + 1) : path;
  return before.filter((key) => program.questions.get(key).kind !== "info").length;
}

function isDone(program, key, answers, passed) {
  const { is_required, kind } = program.questions.get(key);
  const isAnswered = Object.hasOwn(answers, key);
  return is_required && kind !== "info" ? isAnswered : isAnswered || passed.includes(key);
}
