// From answers to outcomes, as vitaminetest/evaluate.py does it on the server: same names, same order, same result.
// Truth has three values: true, false and null for "not known". A score is an interval [lowest, highest].

export const DECLINED = "zeg-ik-liever-niet";
const ORDER = ["doctor", "caution", "tip", "read"];

// The data of vitaminetest/program.py, with its questions and outcomes by key.
export function prepare(data) {
  const questions = new Map(data.sections.flatMap((section) => section.questions.map((question) => [question.key, question])));
  const outcomes = new Map(data.outcomes.map((outcome) => [outcome.key, outcome]));
  return { ...data, questions, outcome: (key) => outcomes.get(key), rank: (key) => ORDER.indexOf(outcomes.get(key).kind) };
}

export function evaluate(program, answers) {
  const given = answers && typeof answers === "object" && !Array.isArray(answers) ? answers : {};
  const shown = new Map();
  const kept = new Map();
  const answerHolds = (clause) => holdsForAnswer(clause, kept);
  for (const section of program.sections) {
    const here = holds(section.shown_if, answerHolds);
    for (const question of section.questions) {
      const { key } = question;
      shown.set(key, all([here, holds(question.shown_if, answerHolds)]));
      const answer = shown.get(key) && Object.hasOwn(given, key) ? clean(question, given[key]) : null;
      if (answer !== null) kept.set(key, answer);
    }
  }
  const scores = new Map(program.scores.map((score) => [score.key, scoreOf(score, program, shown, kept)]));
  const trace = fired(program, kept, scores);
  const path = [...shown.keys()].filter((key) => shown.get(key));
  return { path, kept, open: firstOpen(program, path, kept), scores, ...ordered(program, trace.map(([key]) => key)), trace };
}

// Return `raw` as an answer to `question`; null when it is none.
export function clean(question, raw) {
  const { kind, options } = question;
  if (raw === DECLINED) return question.may_decline && kind !== "info" ? DECLINED : null;
  if (kind === "number") return Number.isInteger(raw) && raw >= question.minimum && raw <= question.maximum ? raw + 0 : null;
  if (kind === "several") return cleanSeveral(options, raw);
  return typeof raw === "string" && options.some((option) => option.key === raw) ? raw : null;
}

function cleanSeveral(options, raw) {
  if (!Array.isArray(raw) || !raw.every((key) => typeof key === "string")) return null;
  const ticked = new Set(raw);
  const known = options.filter((option) => ticked.has(option.key));
  const clash = ticked.size > 1 && known.some((option) => option.is_exclusive);
  return !ticked.size || clash || known.length < ticked.size ? null : known.map((option) => option.key);
}

export const holds = (condition, clauseHolds) =>
  condition.length ? any(condition.map((group) => all(group.map(clauseHolds)))) : true;
const all = (truths) => (truths.includes(false) ? false : truths.includes(null) ? null : true);
const any = (truths) => (truths.includes(true) ? true : truths.includes(null) ? null : false);

function holdsForAnswer({ question, operator, number, options }, kept) {
  const answer = kept.get(question) ?? DECLINED;
  if (answer === DECLINED) return null;
  if (operator === "at_least") return answer >= number;
  if (operator === "at_most") return answer <= number;
  return [answer].flat().some((key) => options.includes(key)) === (operator === "is");
}

function holdsForScore({ score, operator, number }, scores) {
  const [low, high] = scores.get(score);
  if (operator === "at_least") return low >= number ? true : high >= number ? null : false;
  return high <= number ? true : low <= number ? null : false;
}

function fired(program, kept, scores) {
  const clauseHolds = (clause) => (clause.score ? holdsForScore(clause, scores) : holdsForAnswer(clause, kept));
  const groupsOf = ({ applies_if }) => [...applies_if.keys()].filter((i) => all(applies_if[i].map(clauseHolds)));
  const found = program.outcomes.map((outcome) => [outcome.key, groupsOf(outcome)]);
  return found.filter(([key, groups]) => groups.length || !program.outcome(key).applies_if.length);
}

function ordered(program, keys) {
  const kind = (key) => program.outcome(key).kind;
  const hasDoctor = keys.some((key) => kind(key) === "doctor");
  const suppressed = keys.filter((key) => hasDoctor && kind(key) === "tip");
  const outcomes = keys.filter((key) => !suppressed.includes(key));
  return { outcomes: outcomes.sort((a, b) => program.rank(a) - program.rank(b)), suppressed };
}

function firstOpen(program, path, kept) {
  const must = ({ is_required, kind }) => is_required && kind !== "info";
  return path.find((key) => must(program.questions.get(key)) && !kept.has(key)) ?? "";
}

function scoreOf(score, program, shown, kept) {
  const keys = [...new Set(score.points.map((rule) => rule.question))];
  const parts = keys.map((key) => pointsOf(score, key, program, shown.get(key), kept.get(key) ?? DECLINED));
  return [0, 1].map((end) => parts.reduce((sum, part) => sum + part[end], 0));
}

function pointsOf(score, key, program, isShown, answer) {
  if (isShown === false) return [0, 0];
  if (answer !== DECLINED) return Array(2).fill(pointsFor(score, key, answer));
  const [least, most] = pointsRange(score, program.questions.get(key), program.thresholds[key]);
  return isShown ? [least, most] : [Math.min(0, least), Math.max(0, most)];
}

const pointsFor = (score, key, answer) =>
  score.points.reduce((sum, rule) => sum + (rule.question === key && earns(rule, answer) ? rule.points : 0), 0);

function earns({ at_least, at_most, options }, answer) {
  if (typeof answer === "number") return (at_least === null || answer >= at_least) && (at_most === null || answer <= at_most);
  return [answer].flat().some((key) => options.includes(key));
}

function pointsRange(score, question, thresholds) {
  if (question.kind === "several") {
    const points = score.points.filter((rule) => rule.question === question.key).map((rule) => rule.points);
    return [-1, 1].map((sign) => points.reduce((sum, value) => sum + (value * sign > 0 ? value : 0), 0));
  }
  const found = tellingAnswers(question, thresholds).map((answer) => pointsFor(score, question.key, answer));
  return [Math.min(...found), Math.max(...found)];
}

// An answer of every sort that a questionnaire can tell apart: each option, or numbers around every threshold.
export function tellingAnswers({ kind, options, minimum, maximum }, thresholds = []) {
  if (kind !== "number") return options.map((option) => option.key);
  const near = new Set([minimum, maximum, ...thresholds.flatMap((number) => [number - 1, number, number + 1])]);
  return [...near].filter((number) => number >= minimum && number <= maximum).sort((a, b) => a - b);
}
