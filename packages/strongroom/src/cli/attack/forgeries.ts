/** What no honest browser answers: by kind of widget and what it was shown with, and frames that break the protocol. */
import type { Json } from "../../wire/schema.ts";

/** What a widget was shown with, as far as it matters here. */
export type Shown = Readonly<Record<string, unknown>>;

export interface Forgery {
  /** In which way it does not fit. */
  readonly how: string;
  readonly value: Json;
}

type Forge = (shown: Shown) => readonly Forgery[];

const long = "x".repeat(5_000);
const deep: Json = [[[[["x"]]]]];
/** Names that mean something to objects. */
export const objectNames = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"] as const;

/** By kind; written apart from the contracts that refuse them, so that a contract with a hole does not hide it. */
const byKind: Readonly<Record<string, Forge>> = {
  checkbox: notYesOrNo,
  toggle: notYesOrNo,
  expander: notYesOrNo,
  radio: notOneOption,
  selectbox: notOneOption,
  multiselect: notSomeOptions,
  slider: notOnScale,
  numberInput: notNumber,
  textInput: (shown) => [...notText(shown), { how: "a line feed", value: "a\nb" }],
  textArea: notText,
  dateInput: notDate,
  tabs: ({ names }) => notAmong(textsIn(names)),
  dataframe: notChosen,
  button: notClick,
  formSubmitButton: notClick,
};

/** Kinds that are clicked and hold no answer. */
export const clicked: ReadonlySet<string> = new Set(["button", "formSubmitButton"]);

/** True for kinds that answer. */
export function isWidget(kind: string): boolean {
  return Object.hasOwn(byKind, kind);
}

/** Answers that do not fit a widget, whatever its contract says. */
export function forgeriesOf(kind: string, shown: Shown): readonly Forgery[] {
  const forge = Object.hasOwn(byKind, kind) ? byKind[kind] : undefined;
  return (
    forge?.(shown) ?? [
      { how: "an object", value: { forged: { forged: true } } },
      { how: "lists in lists", value: deep },
      { how: "names of files that are none", value: ["f".repeat(43)] },
    ]
  );
}

function wrongType(...values: readonly Json[]): readonly Forgery[] {
  return values.map((value) => ({ how: "a wrong type", value }));
}

function notNull({ nullable }: Shown): readonly Forgery[] {
  return nullable === true ? [] : [{ how: "nothing", value: null }];
}

function notYesOrNo(): readonly Forgery[] {
  return [...wrongType(0, 1, "true", "false", {}, []), { how: "too long", value: long }, ...notNull({})];
}

function notText(shown: Shown): readonly Forgery[] {
  const { maxChars, required } = shown;
  const surplus = typeof maxChars === "number" ? [{ how: "too long", value: "x".repeat(maxChars + 1) }] : [];
  const empty = required === true ? ["", "  ", "\t"].map((value) => ({ how: "empty", value })) : [];
  return [...wrongType(1, true, {}, ["a"], { length: 1 }, deep), ...surplus, ...empty, ...notNull(shown)];
}

function notNumber(shown: Shown): readonly Forgery[] {
  const { min, max, integer } = shown;
  const outside = [
    ...(typeof min === "number" ? [min - 1] : []),
    ...(typeof max === "number" ? [max + 1, 1e308] : []),
  ].map((value) => ({ how: "out of range", value }));
  const part = integer === true ? [{ how: "no whole number", value: 0.5 }] : [];
  return [...wrongType("5", true, {}, [5], deep), ...outside, ...part, ...notNull(shown)];
}

function notOnScale({ min, max, step, range }: Shown): readonly Forgery[] {
  if (typeof min !== "number" || typeof max !== "number" || typeof step !== "number") return [];
  const one = notNumber({ min, max }).concat({ how: "between two steps", value: min + step / 3 });
  if (range !== true) return [...one, { how: "two thumbs", value: [min, max] }];
  const turned = max > min ? [{ how: "from after to", value: [max, min] }] : [];
  const pairs = one.map(({ how, value }): Forgery => ({ how, value: [min, value] }));
  return [
    ...pairs,
    ...turned,
    { how: "one thumb", value: min },
    { how: "three thumbs", value: [min, min, max] },
  ];
}

function notOneOption(shown: Shown): readonly Forgery[] {
  const options = textsIn(shown["options"]);
  if (shown["open"] === true)
    return [
      ...wrongType(7, true, {}, options.slice(0, 1)),
      { how: "two lines", value: "a\nb" },
      { how: "too long", value: long },
    ];
  return [...notAmong(options), ...notNull(shown)];
}

/** One of a list of texts was expected. */
function notAmong(texts: readonly string[]): readonly Forgery[] {
  const others = [
    "no such option",
    "",
    ...objectNames,
    ...texts.flatMap((text) => [text.toUpperCase(), `${text} `]),
  ];
  const [first = "a"] = texts;
  return [
    ...others
      .filter((text) => !texts.includes(text))
      .slice(0, 20)
      .map((value) => ({ how: "not an option", value })),
    { how: "not an option", value: `${first}\u001f1` },
    ...wrongType(0, 7, true, {}, [first]),
    { how: "too long", value: long },
  ];
}

function notSomeOptions({ options, open, maxSelections }: Shown): readonly Forgery[] {
  const texts = textsIn(options);
  const [first = "a"] = texts;
  const known = texts.slice(0, typeof maxSelections === "number" ? maxSelections + 1 : 0);
  return [
    ...wrongType("a", { 0: "a" }, [1], [[first]], [null]),
    { how: "nothing", value: null },
    { how: "one option twice", value: [first, first] },
    ...(open === true ? [] : [{ how: "not an option", value: ["no such option"] }]),
    ...(typeof maxSelections === "number" && known.length > maxSelections
      ? [{ how: "too many", value: known }]
      : []),
  ];
}

function notDate(shown: Shown): readonly Forgery[] {
  const { min, max, range } = shown;
  const outside = [
    ...(typeof min === "string" && min > "0002" ? ["0001-12-31"] : []),
    ...(typeof max === "string" && max < "9999" ? ["9999-12-31"] : []),
  ].map((value) => ({ how: "out of range", value }));
  const texts = ["2024-02-30", "2024-13-01", "2024-1-1", "tomorrow", "", "2024-01-01T00:00"];
  const one = [
    ...texts.map((value) => ({ how: "no date", value })),
    ...wrongType(20_240_101, {}, true),
    ...outside,
  ];
  if (range !== true)
    return [...one, ...notNull(shown), { how: "two days", value: ["2024-01-01", "2024-01-02"] }];
  return [
    ...one,
    { how: "from after to", value: ["2024-06-02", "2024-06-01"] },
    { how: "three days", value: ["2024-06-01", "2024-06-01", "2024-06-01"] },
  ];
}

function notChosen({ print = "" }: Shown): readonly Forgery[] {
  const none = { of: typeof print === "string" ? print : "", rows: [], columns: [], cells: [] };
  return [
    ...wrongType({}, [], "row", 0, true),
    { how: "of another table", value: { ...none, of: "forged" } },
    { how: "no such row", value: { ...none, rows: [-1] } },
    { how: "no such row", value: { ...none, rows: [1e9] } },
    { how: "no such column", value: { ...none, columns: ["__proto__"] } },
    { how: "no such cell", value: { ...none, cells: [[0, "no such column"]] } },
    { how: "an unknown field", value: { ...none, extra: true } },
  ];
}

function notClick(): readonly Forgery[] {
  return wrongType("yes", 1, false, null, {}, [true]);
}

function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

/** Frames that break the protocol itself: whoever sends one is cut off. */
export const brokenFrames: readonly (string | Buffer)[] = [
  "",
  "null",
  "[]",
  "{}",
  "{",
  '"event"',
  '{"t":"event"}',
  '{"t":"event","n":-1,"tree":1}',
  '{"t":"event","n":1.5,"tree":1}',
  '{"t":"event","n":1e400,"tree":1}',
  '{"t":"event","n":1,"tree":1,"extra":true}',
  '{"t":"event","n":1,"tree":1,"values":{"__proto__":1}}',
  '{"t":"event","n":1,"tree":1,"values":{"constructor":{"prototype":1}}}',
  '{"t":"event","n":1,"tree":1,"values":[]}',
  '{"__proto__":{"t":"event"},"n":1,"tree":1}',
  '{"t":"eval","code":"1"}',
  '{"t":"tree","tree":1,"nodes":[]}',
  '{"t":"resume","protocol":1,"session":"x","tree":0}',
  `{"t":"event","n":1,"tree":1,"values":{"a":${"[".repeat(100)}${"]".repeat(100)}}}`,
  `{"t":"event","n":1,"tree":1,"query":"${"q".repeat(20_000)}"}`,
  `{"t":"event","n":1,"tree":1,"values":{"${"k".repeat(2_000)}":1}}`,
  "[".repeat(100_000),
  Buffer.from([0, 1, 2, 255]),
];
