// Why a reader sees an outcome, as vitaminetest/explain.py finds it: the same reasons and the same smallest change.

import { DECLINED, evaluate, tellingAnswers } from "./evaluate.js";

const MOST_CHANGES = 3;
const MOST_TRIES = 2000;

// `evaluation` is that of the answers, and `key` one of its outcomes.
export function explain(program, evaluation, key) {
  const outcome = program.outcome(key);
  if (!outcome.applies_if.length) return { outcome: key, reasons: [], changes: [] };
  const [[, groups]] = evaluation.trace.filter(([fired]) => fired === key);
  const reasons = reasonsOf(outcome.applies_if[groups[0]], program, evaluation);
  return { outcome: key, reasons, changes: smallestChange(program, evaluation, outcome) };
}

const isTold = (kept, key) => (kept.get(key) ?? DECLINED) !== DECLINED;

function reasonsOf(group, program, { kept }) {
  const found = new Map();
  for (const clause of group) {
    for (const question of questionsOf(clause, program)) {
      const score = clause.score ?? "";
      const name = `${question} ${score}`;
      if (isTold(kept, question) && !found.has(name)) found.set(name, { question, answer: kept.get(question), score });
    }
  }
  return [...found.values()];
}

function questionsOf(clause, program) {
  if (clause.question) return [clause.question];
  const score = program.scores.find(({ key }) => key === clause.score);
  return [...new Set(score.points.map((rule) => rule.question))];
}

function smallestChange(program, evaluation, outcome) {
  const kept = Object.fromEntries(evaluation.kept);
  const candidates = changeable(program, evaluation, outcome).map((key) =>
    otherAnswers(program, program.questions.get(key), kept[key]).map((answer) => ({ question: key, answer })));
  let tries = 0;
  for (let size = 1; size <= MOST_CHANGES; size++) {
    for (const chosen of combinations(candidates, size)) {
      for (const changes of product(chosen)) {
        tries += 1;
        if (tries > MOST_TRIES) return [];
        const others = Object.fromEntries(changes.map(({ question, answer }) => [question, answer]));
        if (!evaluate(program, { ...kept, ...others }).outcomes.includes(outcome.key)) return changes;
      }
    }
  }
  return [];
}

function* combinations(items, size, from = 0) {
  if (size === 0) yield [];
  for (let i = from; size > 0 && i < items.length; i++) {
    for (const rest of combinations(items, size - 1, i + 1)) yield [items[i], ...rest];
  }
}

function* product([first, ...rest]) {
  for (const item of first) {
    if (!rest.length) yield [item];
    else for (const others of product(rest)) yield [item, ...others];
  }
}

function changeable(program, { path, kept }, outcome) {
  const own = outcome.applies_if.flat().flatMap((clause) => questionsOf(clause, program));
  const found = new Set();
  const waiting = [...own];
  while (waiting.length) {
    const key = waiting.pop();
    if (!found.has(key)) waiting.push(...shownBy(program, key));
    found.add(key);
  }
  const asked = path.filter((key) => found.has(key) && isTold(kept, key));
  const rank = (key) => 2 * !own.includes(key) + (program.questions.get(key).intake !== "");
  return asked.sort((a, b) => rank(a) - rank(b));
}

function shownBy(program, key) {
  const section = program.sections.find(({ questions }) => questions.some((question) => question.key === key));
  return [section.shown_if, program.questions.get(key).shown_if].flat(2).map((clause) => clause.question);
}

function otherAnswers(program, question, answer) {
  if (question.kind === "several") return otherTicks(question, answer);
  const others = tellingAnswers(question, program.thresholds[question.key]).filter((other) => other !== answer);
  const keys = question.options.map((option) => option.key);
  const place = (value) => (question.kind === "number" ? value : keys.indexOf(value));
  return others.sort((a, b) => Math.abs(place(a) - place(answer)) - Math.abs(place(b) - place(answer)));
}

function otherTicks({ options }, ticked) {
  const alone = options.filter((option) => option.is_exclusive).map((option) => option.key);
  const withAlso = (key) => options.map((o) => o.key).filter((o) => o === key || (ticked.includes(o) && !alone.includes(o)));
  return options.flatMap(({ key, is_exclusive }) => {
    if (ticked.includes(key)) return ticked.length > 1 ? [ticked.filter((other) => other !== key)] : [];
    return [is_exclusive ? [key] : withAlso(key)];
  });
}
