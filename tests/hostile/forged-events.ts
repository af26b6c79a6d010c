import { forgeriesOf, type Shown } from "../../packages/strongroom/src/cli/attack/forgeries.ts";
import type { Dice } from "../chaos/dice.ts";

/** For each widget of the page `every-widget`: its kind, and what it was shown with. */
const widgets: Readonly<Record<string, readonly [kind: string, shown: Shown]>> = {
  "checkbox:Checkbox": ["checkbox", {}],
  "toggle:Toggle": ["toggle", {}],
  "radio:Radio": ["radio", { options: ["a", "b"] }],
  "selectbox:Selectbox": ["selectbox", { options: ["a", "b"] }],
  "multiselect:Multiselect": ["multiselect", { options: ["a", "b"] }],
  "slider:Slider": ["slider", { min: 0, max: 10, step: 1 }],
  "numberInput:Number": ["numberInput", { min: 0, max: 10 }],
  "textInput:Text": ["textInput", { maxChars: 20 }],
  "textArea:Area": ["textArea", { maxChars: 20 }],
  "dateInput:Date": ["dateInput", { min: "2024-01-01", max: "2024-12-31" }],
  "textInput#name": ["textInput", { required: true }],
  "selectbox#bound": ["selectbox", { options: ["a", "b"] }],
  "textInput:In a form": ["textInput", { maxChars: 20 }],
};

/** For each widget, answers that its declaration does not admit. */
const forgeries: Readonly<Record<string, readonly unknown[]>> = {
  ...Object.fromEntries(
    Object.entries(widgets).map(([id, [kind, shown]]) => [
      id,
      forgeriesOf(kind, shown).map(({ value }) => value),
    ]),
  ),
  "multiselect:Some": [[], null, ["c"], ""],
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
