import { optionNames } from "../../worker/option-names.ts";
import { StrongroomError } from "../../worker/errors.ts";
import { place } from "../../worker/run.ts";
import { askTrigger, enclosingForm } from "../../worker/ask.ts";
import { buttonFace, buttonFaceNames, type ButtonFaceOptions } from "../button/button-face.server.ts";
import { formSubmitButtonSpec } from "./form-submit-button.schema.ts";
import { checkCallback, checkOptions } from "../check-options.server.ts";

export interface FormSubmitButtonOptions extends ButtonFaceOptions {
  /** Identity across changes of the label. */
  readonly key?: string;
  /** Called before the rerun that the click causes, when all answers of the form are there. */
  readonly onClick?: () => unknown;
}

const known = optionNames<FormSubmitButtonOptions>()({ ...buttonFaceNames, key: true, onClick: true });

const usage = `form.formSubmitButton("Save", { onClick: () => save() })`;

/**
 * Shows the button that sends a form and answers `true` in the one run that its click causes. The first one of a form is
 * also pressed by Enter in a field.
 */
export function formSubmitButton(label = "Submit", options: FormSubmitButtonOptions = {}): boolean {
  checkOptions(usage, options, known);
  checkCallback(usage, "onClick", options.onClick);
  const { run, container } = place();
  const form = enclosingForm(run, container);
  if (form === undefined) {
    throw new StrongroomError(
      "ERR_OUTSIDE_FORM",
      "st.formSubmitButton: call it as a method of a form, `form.formSubmitButton(…)`; elsewhere use st.button.",
    );
  }
  const { onClick, ...rest } = options;
  const props = buttonFace("formSubmitButton", label, options);
  // The same words in two forms are two buttons, whichever of the forms are shown.
  return (
    askTrigger(formSubmitButtonSpec, { label: `${form.id}/${label}`, options: rest, props, onClick }) === true
  );
}

formSubmitButton.specs = [formSubmitButtonSpec] as const;
