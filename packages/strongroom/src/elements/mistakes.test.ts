import { describe, expect, test } from "vitest";
import { st, StrongroomError } from "../st.ts";
import { openPage } from "../testing/open-page.ts";
import * as functions from "./functions.ts";

type Call = (...args: unknown[]) => unknown;
type Name = keyof typeof functions;

const rows = [{ month: "May", sales: 3 }];
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const pending = (): Promise<unknown> => Promise.resolve([]);

interface Takes {
  /** What stands before the options in a right call. */
  readonly before: readonly unknown[];
  /** False where there are no options. */
  readonly options?: false;
  /** Wrong calls of its own, and what the message must hold. */
  readonly wrong?: readonly (readonly [args: readonly unknown[], message: RegExp])[];
}

const label: readonly [readonly unknown[], RegExp][] = [
  [[], /`label` must be text/],
  [[{ label: "A" }], /`label` must be text/],
  [[["A"]], /`label` must be text/],
];
const body: readonly [readonly unknown[], RegExp][] = [
  [[], /`body` must be text/],
  [[{ a: 1 }], /`body` must be text.*st\.write/],
  [[["a"]], /`body` must be text.*st\.write/],
  [[pending()], /`body` must be .*`await`/],
];
const heading: readonly [readonly unknown[], RegExp][] = [
  [[], /`body` must be text/],
  [[{ body: "A" }], /`body` must be text/],
];
const data: readonly [readonly unknown[], RegExp][] = [
  [[], /`data` must be a list of row objects/],
  [["month,sales"], /`data` must be a list of row objects/],
  [[{ month: "May" }], /one row alone is `\[row\]`/],
  [[new Date()], /`data` must be a list of row objects/],
  [[pending()], /`await`/],
];
const list: readonly [readonly unknown[], RegExp][] = [
  [["A"], /list of options, as in st\.\w+\("Region", \["EU", "US"\]/],
  [["A", { options: ["x"] }], /list of options, as in/],
  [["A", "x"], /list of options, as in/],
  [["A", pending()], /`await`/],
  [["A", ["x"], { formatFunc: "upper" }], /`formatFunc` must be a function/],
];

const labelOfList = label.map(([args, message]) => [[args[0], ["x"]], message] as const);

/** Where a function takes more than a label and options, or has wrong calls of its own. */
const own: Readonly<Partial<Record<Name, Takes>>> = {
  areaChart: { before: [rows], wrong: data },
  barChart: { before: [rows], wrong: data },
  lineChart: { before: [rows], wrong: [...data, [[rows, { y: 3 }], /`y` must be/]] },
  button: {
    before: ["Save"],
    wrong: [...label, [["A", { onClick: "save" }], /`\(\) => save\(\)`/], [["A", { type: "red" }], /`type`/]],
  },
  formSubmitButton: { before: ["Save"] },
  caption: { before: ["a"], wrong: body },
  code: { before: ["a"], wrong: body },
  columns: {
    before: [2],
    wrong: [
      [[], /`spec`/],
      [["2"], /`spec`/],
      [[["1"]], /`spec`/],
    ],
  },
  container: {
    before: [],
    wrong: [
      [[{ border: true }, () => 1], /function comes first.*st\.container\(\(part\)/],
      [["A"], /one object/],
    ],
  },
  dataframe: { before: [rows], wrong: [...data, [[rows, { columnOrder: "month" }], /`columnOrder`/]] },
  dateInput: { before: ["Day"], wrong: [...label, [["Day", new Date()], /one object, as in/]] },
  divider: { before: [] },
  empty: { before: [], options: false },
  error: { before: ["a"], wrong: body },
  exception: { before: [new Error("x")] },
  expander: {
    before: ["A"],
    wrong: [...label, [["A", { expanded: true }, () => 1], /function comes first.*st\.expander\("Details"/]],
  },
  audioInput: { before: ["A"], wrong: [...label, [["A", { sampleRate: 1 }], /`sampleRate`/]] },
  cameraInput: { before: ["A"], wrong: [...label, [["A", { resolution: "4k" }], /`resolution`/]] },
  downloadButton: {
    before: ["A", "a"],
    wrong: [
      ...label.map(([args, message]) => [[args[0], "a"], message] as const),
      [["A"], /`data` must be text, bytes/],
      [["A", 3], /`data` must be text, bytes/],
      [["A", "a", { fileName: "a/b" }], /`fileName`/],
      [["A", "a", { onClick: 1 }], /`onClick`/],
    ],
  },
  fileUploader: {
    before: ["A"],
    wrong: [
      ...label,
      [["A", { type: "a/b/c" }], /`type`/],
      [["A", { acceptMultipleFiles: "files" }], /`acceptMultipleFiles`/],
      [["A", { maxUploadSize: "20mb" }], /`maxUploadSize` must be a number of megabytes/],
    ],
  },
  form: {
    before: ["a form"],
    wrong: [
      [[], /name comes first.*st\.form\("order", \(form\)/],
      [[() => 1], /name comes first/],
      [["f", { border: true }, () => 1], /function comes first/],
    ],
  },
  header: { before: ["A"], wrong: [...heading, [["A", { divider: "pink" }], /`divider`/]] },
  image: {
    before: [png],
    wrong: [
      [[], /`source`/],
      [[pending()], /await readFile/],
      [["a.png"], /`source`/],
    ],
  },
  info: { before: ["a"], wrong: body },
  json: {
    before: [{ a: 1 }],
    wrong: [
      [[pending()], /`await`/],
      [["{"], /not JSON/],
    ],
  },
  markdown: { before: ["a"], wrong: body },
  metric: {
    before: ["A", 1],
    wrong: [
      ...label,
      [["A", { value: 1 }], /`value` must be a number/],
      [["A", 1, { chartData: "1,2" }], /`chartData` must be a list/],
    ],
  },
  multiselect: {
    before: ["A", ["x"]],
    wrong: [...labelOfList, ...list, [["A", ["x"], { default: 0 }], /`default`/]],
  },
  numberInput: { before: ["A"], wrong: [...label, [["A", { value: "3" }], /`value`/]] },
  progress: {
    before: [0.5],
    wrong: [
      [[], /`value`/],
      [[200], /`value`/],
    ],
  },
  radio: {
    before: ["A", ["x"]],
    wrong: [...labelOfList, ...list, [["A", ["x"], { captions: "c" }], /`captions`/]],
  },
  selectbox: { before: ["A", ["x"]], wrong: [...labelOfList, ...list] },
  slider: { before: ["A"], wrong: [...label, [["A", { value: "x" }], /`value`|`minValue`/]] },
  spinner: {
    before: ["A", () => 1],
    wrong: [
      [["A"], /second argument is the function/],
      [["A", { showTime: true }, () => 1], /second argument/],
    ],
  },
  subheader: { before: ["A"], wrong: heading },
  success: { before: ["a"], wrong: body },
  table: { before: [rows], wrong: data },
  tabs: {
    before: [["A"]],
    wrong: [
      [[], /`labels`/],
      [["A"], /`labels`/],
      [[[1]], /`label` must be text/],
    ],
  },
  text: { before: ["a"], wrong: body },
  textArea: { before: ["A"], wrong: [...label, [["A", { value: 3 }], /`value`/]] },
  textInput: { before: ["A"], wrong: [...label, [["A", { value: 3 }], /`value`/]] },
  title: { before: ["A"], wrong: heading },
  warning: { before: ["a"], wrong: body },
  write: { before: ["a"], options: false, wrong: [[[pending()], /`await`/]] },
};

/** Every function: a new one is held to what holds for a label and options until more is said of it above. */
const takes = Object.keys(functions).map((name): [Name, Takes] => {
  const known = name as Name; // a key of that very module
  return [known, own[known] ?? { before: ["A"], wrong: label }];
});

/** What a call throws on a page of its own, in a form where it must stand in one. */
async function thrownBy(name: Name, args: readonly unknown[]): Promise<unknown> {
  let thrown: unknown;
  await using page = await openPage(() => {
    const place = name === "formSubmitButton" ? st.form("order") : st;
    try {
      (place as unknown as Record<Name, Call>)[name](...args);
    } catch (error) {
      thrown = error;
    }
  });
  expect(page.errors).toEqual([]);
  return thrown;
}

async function expectRefused(name: Name, args: readonly unknown[], message: RegExp): Promise<void> {
  const thrown = await thrownBy(name, args);
  expect(thrown).toBeInstanceOf(StrongroomError);
  expect((thrown as StrongroomError).message).toMatch(message);
  expect((thrown as StrongroomError).message).toMatch(/^(st|form)\.\w+: .*\.$/);
  expect((thrown as StrongroomError).code).toBe("ERR_BAD_OPTION");
}

describe.each(takes)("st.%s", (name, { before, options, wrong = [] }) => {
  test("takes a right call", async () => {
    expect(await thrownBy(name, options === false ? before : [...before, {}])).toBeUndefined();
  });

  test.skipIf(options === false).each([
    ["text", "x"],
    ["a number", 1],
    ["a switch", true],
    ["a list", ["x"]],
    ["null", null],
  ])("refuses %s where its options stand, and says how it is called", async (_, value) => {
    await expectRefused(name, [...before, value], /options stand together in one object, as in \w+\.\w+\(/);
  });

  test.skipIf(options === false)("refuses an option that there is not", async () => {
    await expectRefused(name, [...before, { zzz: 1 }], /there is no option `zzz`; it takes `\w+`/);
  });

  test
    .skipIf(wrong.length === 0)
    .each(wrong.map(([args, message]) => [message.source, args, message] as const))(
    "a hurried call says: %s",
    async (_, args, message) => {
      await expectRefused(name, args, message);
    },
  );
});

test("50 MB of text are refused in the name of the function that was called", async () => {
  await expectRefused("write", ["x".repeat(50_000_000)], /^st\.write: /);
});

test.each<[Name, readonly unknown[], RegExp]>([
  [
    "button",
    ["A", { disbled: true }],
    /^st\.button: there is no option `disbled`; did you mean `disabled`\?$/,
  ],
  ["textInput", ["A", { validte: /a/ }], /there is no option `validte`; did you mean `validate`\?/],
  ["textInput", ["A", { maxchars: 3 }], /there is no option `maxchars`; did you mean `maxChars`\?/],
  ["slider", ["A", { max_value: 3 }], /the option `max_value` is written `maxValue`\.$/],
  ["container", [{ bordr: true }], /did you mean `border`\?/],
  ["fileUploader", ["A", { bind: "query-params" }], /there is no option `bind`/],
  ["dataframe", [rows, { columnConfig: { sales: { widht: 90 } } }], /did you mean `width`\?/],
  [
    "dataframe",
    [rows, { columnConfig: { sales: { type: "number", displayText: "x" } } }],
    /columnConfig\.sales of type "number": there is no option `displayText`/,
  ],
  ["dataframe", [rows, { columnConfig: { sales: { max: 5 } } }], /there is no option `max`/],
  ["button", ["A", { toString: 1 }], /there is no option `toString`/],
])("st.%s says which option was meant: %j", async (name, args, message) => {
  expect(String((await thrownBy(name, args)) as StrongroomError)).toMatch(
    new RegExp(message.source.replace("^", "^StrongroomError: ")),
  );
});
