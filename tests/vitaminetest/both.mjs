// Runs the modules of the browser on what the tests hand in, one JSON a line: {program}, or {do, …} about the last program.

import { createInterface } from "node:readline";
import { read } from "../../static/js/vitaminetest/asking.js";
import { clean, evaluate, prepare } from "../../static/js/vitaminetest/evaluate.js";
import { explain } from "../../static/js/vitaminetest/explain.js";
import * as journeys from "../../static/js/vitaminetest/journey.js";
import { makeResult, resultText, textForAdviser } from "../../static/js/vitaminetest/result.js";

let program;

const plain = ({ path, kept, open, scores, outcomes, suppressed, trace }) =>
  [path, [...kept], open, [...scores], outcomes, suppressed, trace];

const explained = (answers) => {
  const evaluation = evaluate(program, answers);
  const changed = ({ question, answer }) => [question, answer];
  return evaluation.outcomes.map((key) => {
    const { reasons, changes } = explain(program, evaluation, key);
    return [key, reasons.map(({ question, answer, score }) => [question, answer, score]), changes.map(changed)];
  });
};

const travelled = ({ answers, at, passed, isChanging }) => [Object.entries(answers), at, passed, isChanging];

const doing = {
  evaluate: ({ answers }) => plain(evaluate(program, answers)),
  explain: ({ answers }) => explained(answers),
  text: ({ answers }) => {
    const result = makeResult(program, answers);
    return [resultText(program, result), textForAdviser(program, result)];
  },
  read: ({ key, typed }) => {
    const { answer = null, fault = null } = read(program.questions.get(key), typed);
    return [answer, fault];
  },
  travel: ({ journey, key }) => [
    ...[journeys.begin, journeys.goOn, journeys.goBack, journeys.goToResult].map((go) => travelled(go(program, journey))),
    travelled(journeys.goChange(program, journey, key)),
    travelled(journeys.withAnswer(journey, key, clean(program.questions.get(key), "ja"))),
    journeys.countQuestion(program, journey),
  ],
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (asked.program) program = prepare(asked.program);
  else process.stdout.write(`${JSON.stringify(doing[asked.do](asked))}\n`);
}
