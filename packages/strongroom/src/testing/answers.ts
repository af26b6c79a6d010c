import type { Json } from "../wire/schema.ts";
import type { Element } from "./page-tree.ts";

/** Answers among which every kind of widget finds some that fit it: of all types, and of what it was shown with. */
export function candidates({ props, value }: Element): readonly Json[] {
  const texts = textsIn(props).slice(0, 40);
  const numbers = numbersIn(props).slice(0, 40);
  const [first = 0, ...others] = numbers.toSorted((a, b) => a - b);
  const last = others.at(-1) ?? first;
  const middle = Math.round((first + last) / 2);
  const [one = "", two = ""] = texts;
  const kinds: readonly (readonly Json[])[] = [
    [true, false, null, 0, 1, 2, 3, 7, 10, 0.5, "", "a", "two words", "2026-02-28"],
    [first, last, middle, ...numbers, ...texts],
    [[], [one], [one, two], [two], [one, null]],
    [
      [first, last],
      [middle, last],
      [first, middle],
      [null, null],
      ["2026-02-01", "2026-02-28"],
    ],
    rowChoices(value),
    [value],
  ];
  return kinds.flat();
}

/** Chosen rows, where an answer is a choice of rows. */
function rowChoices(value: Json): readonly Json[] {
  if (!isObject(value) || !("rows" in value)) return [];
  return [[], [0], [1], [0, 1]].map((rows) => ({ ...value, rows }));
}

const names = ["__proto__", "toString", "constructor", "0", "true", "null", "NaN"];
const texts = [
  "",
  " ",
  "\0",
  "\ud800",
  "\u202e",
  "a\nb",
  "9999-99-99",
  "0000-00-00",
  "2026-02-30",
  "<script>",
];
const numbers = [-1, 1e-9, 0.1 + 0.2, 1e21, -1e21, Number.MAX_VALUE, 2 ** 53];
const structures: readonly Json[] = [
  [],
  [null],
  [[]],
  [[[[[[[[1]]]]]]]],
  {},
  { length: 1 },
  { rows: [-1] },
  { rows: [0], of: "other" },
];
/** What JSON alone can say. */
const prototypes = ['{"__proto__":1}', '{"constructor":{"prototype":{}}}', '["__proto__"]'];

/** Answers that few widgets take: wrong types, out of range, too deep, too long, names that every object has. */
export function hostile({ props, value }: Element): readonly Json[] {
  const near = numbersIn(props).slice(0, 10);
  const like = textsIn(props).slice(0, 10);
  const kinds: readonly (readonly Json[])[] = [
    [true, false, null],
    [...numbers, ...names, ...texts],
    ["x".repeat(100_000), "x".repeat(2_000_000)],
    structures,
    prototypes.map((text) => JSON.parse(text) as Json),
    near.flatMap((number) => [
      number + 1e-7,
      number + 1e9,
      number - 1e9,
      String(number),
      [number, number, number],
    ]),
    like.flatMap((text) => [
      `${text} `,
      text.toUpperCase(),
      `${text}\u001f2`,
      `${text}\u001f1`,
      [text, text],
      { text },
    ]),
    Array.isArray(value) ? [value.concat(value) as Json, value.toReversed() as Json] : [[value]],
  ];
  return kinds.flat();
}

function textsIn(value: Json): readonly string[] {
  return leaves(value).filter((leaf) => typeof leaf === "string");
}

function numbersIn(value: Json): readonly number[] {
  return leaves(value).filter((leaf) => typeof leaf === "number");
}

/** Every text and number in plain data. */
function leaves(value: Json): readonly Json[] {
  if (typeof value !== "object" || value === null) return [value];
  return Object.values(value).flatMap((item: Json) => leaves(item));
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
