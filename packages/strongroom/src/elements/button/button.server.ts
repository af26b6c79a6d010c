import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { place } from "../../worker/run.ts";
import { askTrigger, enclosingForm } from "../../worker/ask.ts";
import { buttonFace, buttonFaceNames, type ButtonFaceOptions } from "./button-face.server.ts";
import { buttonSpec } from "./button.schema.ts";
import { checkCallback, checkOptions } from "../check-options.server.ts";

export interface ButtonOptions extends ButtonFaceOptions {
  /** Identity across changes of the label. */
  readonly key?: string;
  /** Called before the rerun that the click causes. */
  readonly onClick?: () => unknown;
}

const known = optionNames<ButtonOptions>()({ ...buttonFaceNames, key: true, onClick: true });

const usage = `st.button("Save", { onClick: () => save() })`;

/** Shows a button and answers `true` in the one run that its click causes. A click runs at most once. */
export function button(label: string, options: ButtonOptions = {}): boolean {
  checkOptions(usage, options, known);
  checkCallback(usage, "onClick", options.onClick);
  const { run, container } = place();
  if (enclosingForm(run, container) !== undefined) {
    throw badOption("button", "place", "outside of a form; inside one use st.formSubmitButton");
  }
  const { onClick, ...rest } = options;
  return (
    askTrigger(buttonSpec, { label, options: rest, props: buttonFace("button", label, options), onClick }) ===
    true
  );
}

button.specs = [buttonSpec] as const;
