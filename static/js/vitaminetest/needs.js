// What the intake table says for a reader, looked up in what vitaminetest/needs.py worked out for everybody.

import { DECLINED } from "./evaluate.js";

export function personOf(program, kept) {
  const told = { age: null, sex: "", state: "" };
  for (const [key, answer] of kept) {
    const { intake, options } = program.questions.get(key);
    if (!intake || answer === DECLINED) continue;
    told[intake] = intake === "age" ? answer : options.find((option) => option.key === answer).intake;
  }
  return told;
}

export function findNeed({ needs, ages }, { age, sex, state }) {
  const [, numbers] = ages.filter(([from]) => (age === null ? from === null : from !== null && from <= Math.max(age, 0))).at(-1);
  return needs[numbers[`${sex} ${state}`]];
}
