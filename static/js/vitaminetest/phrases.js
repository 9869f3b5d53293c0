// Answers, reasons and changes in words, as vitaminetest/phrases.py makes them. The phrases come with the program.

import { DECLINED } from "./evaluate.js";

export const fill = ({ phrases }, phrase, values) => phrases[phrase].replace(/\{(\w+)\}/g, (_, name) => values[name]);

function listWords(program, words) {
  return words.length > 1 ? fill(program, "and", { some: words.slice(0, -1).join(", "), last: words.at(-1) }) : words[0];
}

export function answerWords(program, question, answer) {
  const { phrases } = program;
  if (answer === undefined) return phrases[question.is_required ? "open" : "skipped"];
  if (answer === DECLINED) return phrases.declined;
  if (typeof answer === "number") return question.unit ? fill(program, "number", { number: answer, unit: question.unit }) : `${answer}`;
  const labels = new Map(question.options.map(({ key, label }) => [key, label]));
  return listWords(program, [answer].flat().map((key) => labels.get(key)));
}

export function reasonGroups(program, { outcome, reasons }) {
  const labels = new Map(program.scores.map(({ key, label }) => [key, label]));
  const groups = new Map();
  for (const { question: key, answer, score } of reasons) {
    const question = program.questions.get(key);
    const line = fill(program, "reason", { answer: answerWords(program, question, answer), question: question.text });
    groups.set(score, [...(groups.get(score) ?? []), line]);
  }
  if (groups.size) {
    return [...groups].map(([score, lines]) => ({ lead: score ? fill(program, "counted", { score: labels.get(score) }) : "", lines }));
  }
  return [{ lead: "", lines: [program.phrases[program.outcome(outcome).applies_if.length ? "together" : "everybody"]] }];
}

export function changeWords(program, { outcome, changes }) {
  if (!program.outcome(outcome).applies_if.length) return "";
  if (!changes.length) return program.phrases.no_change;
  return fill(program, "change", { changes: listWords(program, changes.map((change) => oneChange(program, change))) });
}

function oneChange(program, { question: key, answer }) {
  const question = program.questions.get(key);
  return fill(program, "one_change", { question: question.text, answer: answerWords(program, question, answer) });
}
