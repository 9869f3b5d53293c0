// The result, in words and as a text, as vitaminetest/result.py makes it: the same, to the letter.

import { evaluate } from "./evaluate.js";
import { explain } from "./explain.js";
import { findNeed, personOf } from "./needs.js";
import { answerWords, changeWords, reasonGroups } from "./phrases.js";

export function makeResult(program, answers) {
  const evaluation = evaluate(program, answers);
  const { outcomes, suppressed } = evaluation;
  const shown = outcomes.map((key) => explained(program, evaluation, key));
  const groups = program.kinds.map(([kind, heading]) => ({ kind, heading, outcomes: shown.filter((one) => one.kind === kind) }));
  const note = !outcomes.length ? "none" : suppressed.length ? "suppressed" : "";
  return {
    answers: givenAnswers(program, evaluation),
    groups: groups.filter((group) => group.outcomes.length),
    note: note ? program.phrases[note] : "",
    need: program.intake && findNeed(program.intake, personOf(program, evaluation.kept)),
  };
}

export function givenAnswers(program, { path, kept }) {
  const asked = path.map((key) => program.questions.get(key)).filter(({ kind }) => kind !== "info");
  return asked.map((question) => ({ key: question.key, question: question.text, answer: answerWords(program, question, kept.get(question.key)) }));
}

function explained(program, evaluation, key) {
  const explanation = explain(program, evaluation, key);
  const { kind, title } = program.outcome(key);
  return { key, kind, title, reasons: reasonGroups(program, explanation), change: changeWords(program, explanation) };
}

export function resultText(program, result, isBrief = false) {
  const { phrases } = program;
  const { intake, texts, closing } = program;
  const textBlocks = (text) => (isBrief ? [] : [text.plain, text.sources]);
  const needBlocks = ({ lead, lines }) => [intake.heading.toUpperCase(), [lead, ...lines.map((line) => `- ${line}`)].join("\n"), intake.sources];
  const blocks = [
    program.head,
    phrases.answers.toUpperCase(),
    result.answers.map(({ question, answer }) => `- ${question}\n  ${answer}`).join("\n"),
    phrases.result.toUpperCase(),
    result.note,
    ...result.groups.flatMap(({ heading, outcomes }) => [
      heading.toUpperCase(),
      ...outcomes.flatMap((outcome) => [outcome.title, ...textBlocks(texts[outcome.key]), why(phrases, outcome)]),
    ]),
    ...(result.need ? needBlocks(result.need) : []),
    ...textBlocks(closing),
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

export function textForAdviser(program, result) {
  const whole = resultText(program, result);
  const count = (text) => [...text].length; // characters as the server counts them
  return count(whole) <= program.longest ? whole : [...resultText(program, result, true)].slice(0, program.longest).join("");
}

function why(phrases, { reasons, change }) {
  const lines = reasons.flatMap(({ lead, lines: said }) => [...(lead ? [lead] : []), ...said.map((line) => `- ${line}`)]);
  return [phrases.why, ...lines, ...(change ? [change] : [])].join("\n");
}
