import type { Dice } from "../chaos/dice.ts";

const long = "x".repeat(5_000);
const deep = Array.from({ length: 5 }).reduce<unknown>((inner) => [inner], "x");
const notText: readonly unknown[] = [null, 1, true, {}, ["a"], long, deep, { length: 1 }];
const notNumber: readonly unknown[] = ["5", true, {}, [5], -1, 11, 1e308, deep];
const notOption: readonly unknown[] = ["c", "A", "", 7, true, {}, ["a"], long, "__proto__"];

/** For each widget of the page `every-widget`, answers that its declaration does not admit. */
const forgeries: Readonly<Record<string, readonly unknown[]>> = {
  "checkbox:Checkbox": [null, 1, "true", {}, [], long],
  "toggle:Toggle": [null, 0, "false", {}, [], long],
  "radio:Radio": notOption,
  "selectbox:Selectbox": notOption,
  "multiselect:Multiselect": [null, "a", ["c"], ["a", "a"], ["a", "b", "a"], [["a"]], { 0: "a" }, [1]],
  "slider:Slider": notNumber,
  "numberInput:Number": notNumber,
  "textInput:Text": notText,
  "textArea:Area": notText,
  "dateInput:Date": ["2023-12-31", "2025-01-01", "2024-02-30", "2024-1-1", "tomorrow", 20_240_101, {}, true],
  "textInput#name": ["", "  ", "\t", null, "a\nb", 1],
  "multiselect:Some": [[], null, ["c"], ""],
  "selectbox#bound": notOption,
  "textInput:In a form": notText,
  "textInput:Closed": ["a", "", 1],
  "textInput:Soon gone": ["a", "", 1],
  "textInput:Never there": ["a"],
  "button:Button": [true, 1],
};

/** The button of a form in which something is required, and missing. */
const needy = { id: "formSubmitButton:form#needy/Send needy" };

/** Query strings that no bound widget takes. */
export const forgedQueries: readonly string[] = [
  "bound=c",
  "bound=",
  "bound=__proto__",
  "bound=a%1f1",
  "bound=a&bound=c",
  "bound=%00",
  "bound[]=b",
  "name=",
  "name=%20",
  "name=a%0ab",
  `name=${"x".repeat(5_000)}%0d`,
  "name=&bound=%7B%22a%22%3A1%7D",
];

/** Events that keep to the protocol and break a declaration. */
export function forgedEvent(throws: Dice): object {
  const ids = Object.keys(forgeries);
  const id = ids[throws.roll(ids.length)] ?? "";
  const answers = forgeries[id] ?? [];
  switch (throws.roll(10)) {
    case 0:
      return { trigger: { id: "button:Closed button" } };
    case 1:
      return { trigger: { id: "slider:Slider", value: 5 } };
    case 2:
      return { trigger: { id: "button:Button", value: "yes" } };
    case 3:
      return { page: "no-such-page" };
    case 4:
      return { tree: 9_999_999, values: { "checkbox:Checkbox": true } };
    case 5:
      return { trigger: needy };
    case 6:
      return { trigger: needy, values: { "textInput:Needed": [" ", "", null, 7][throws.roll(4)] } };
    default:
      return { values: { [id]: answers[throws.roll(answers.length)] } };
  }
}

/** Frames that break the protocol itself. */
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
