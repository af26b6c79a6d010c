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
    [
      true,
      false,
      null,
      0,
      1,
      2,
      3,
      7,
      10,
      0.5,
      "",
      "a",
      "two words",
      "2026-02-28",
      "ann@example.com",
      "https://example.com",
    ],
    [first, last, middle, ...numbers, ...texts],
    [[], [one], [one, two], [two], [one, null]],
    [
      [first, last],
      [middle, last],
      [first, middle],
      [null, null],
      ["2026-02-01", "2026-02-28"],
    ],
    choices(value, texts),
    [value],
  ];
  return kinds.flat();
}

/** Chosen rows, columns and cells, where an answer is such a choice. */
function choices(value: Json, texts: readonly string[]): readonly Json[] {
  if (!isObject(value) || !("rows" in value)) return [];
  const rows = [[], [0], [1], [0, 1]].map((one) => ({ ...value, rows: one }));
  const columns = texts.map((name) => ({ ...value, columns: [name] }));
  const cells = texts.map((name) => ({ ...value, cells: [[1, name]] }));
  const all = texts.slice(0, 4).map((name) => ({ ...value, rows: [0], columns: [name], cells: [[0, name]] }));
  return [...rows, ...columns.slice(0, 4), ...cells.slice(0, 4), ...all];
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
  { rows: [], columns: ["__proto__"], cells: [] },
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
    hostileChoices(value),
    Array.isArray(value) ? [value.concat(value) as Json, value.toReversed() as Json] : [[value]],
  ];
  return kinds.flat();
}

/** Choices of what is not there, of too much, and with more in them than a choice has. */
function hostileChoices(value: Json): readonly Json[] {
  if (!isObject(value) || !("rows" in value)) return [];
  const wrong: readonly { readonly [part: string]: Json }[] = [
    { rows: [1_000_000] },
    { rows: [0, 0] },
    { rows: [0.5] },
    { columns: ["__proto__"] },
    { columns: [0] },
    { cells: [[0, "toString"]] },
    { cells: [[0]] },
    { cells: [["0", ""]] },
    { more: 1 },
    { of: "another" },
  ];
  return wrong.map((part) => ({ ...value, ...part }));
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
