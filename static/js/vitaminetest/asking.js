// What somebody filled in on a page, as vitaminetest/asking.py reads it: {answer} (null: skipped), or {fault}.

import { DECLINED, clean } from "./evaluate.js";

const EMPTY = /^[ \t\r\n\u00a0]*$/;
const WHOLE = /^[ \t\r\n\u00a0]*(-?[0-9]{1,7})[ \t\r\n\u00a0]*$/;

export function read(question, typed) {
  const { kind } = question;
  const filled = typed.filter((value) => !EMPTY.test(value));
  const [first] = filled;
  if (kind === "info") return { answer: null };
  if (!filled.length) return question.is_required ? { fault: "missing" } : { answer: null };
  if (filled.length > 1 && (filled.includes(DECLINED) || kind !== "several")) return { fault: "clash" };
  if (kind === "number" && first !== DECLINED) return readNumber(question, first);
  const answer = clean(question, kind === "several" && first !== DECLINED ? filled : first);
  return answer === null ? { fault: filled.length > 1 ? "clash" : "missing" } : { answer };
}

function readNumber({ minimum, maximum }, typed) {
  const match = WHOLE.exec(typed);
  if (!match) return { fault: "not_whole" };
  const number = Number(match[1]) + 0;
  return number >= minimum && number <= maximum ? { answer: number } : { fault: "out_of_range" };
}

// What a form says for an answer.
export const typedAs = (answer) => (answer === undefined ? [] : [answer].flat().map(String));
