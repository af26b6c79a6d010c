import { optionNames } from "../../worker/option-names.ts";
import { requiredName, widgetNames } from "../common-names.server.ts";
import { badOption } from "../../worker/errors.ts";
import { ask, type RequiredOption, type WidgetOptions } from "../../worker/ask.ts";
import type { Validator } from "../../worker/validate.ts";
import { labelProps, type NullOf } from "../label.server.ts";
import { validatedBy, type CheckedAnswer, type CheckFor } from "../validate.server.ts";
import { textAreaSpec } from "./text-area.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface TextAreaOptions<
  V extends string | null = string,
  C extends Validator | undefined = undefined,
>
  extends WidgetOptions, RequiredOption {
  /** What it holds at first; `null` makes an empty field answer `null` instead of `""`. Default `""`. */
  readonly value?: V;
  /** No more than so many characters fit. */
  readonly maxChars?: number;
  /** Shown while it is empty. */
  readonly placeholder?: string;
  /** `"content"` grows with the text, `"stretch"` fills the container, a number is px. Default: three lines. */
  readonly height?: "content" | "stretch" | number;
  /** A schema (zod, valibot, arktype). While the text does not fit, viewers read why, and the answer is `undefined`. */
  readonly validate?: C & CheckFor<string, C>;
}

const known = optionNames<TextAreaOptions>()({
  ...widgetNames,
  ...requiredName,
  value: true,
  maxChars: true,
  placeholder: true,
  height: true,
  validate: true,
});

/**
 * Shows a field for text of several lines and answers the text, when the viewer leaves it or presses Ctrl+Enter; with
 * `validate` what the schema makes of it.
 */
export function textArea<const V extends string | null = string, C extends Validator | undefined = undefined>(
  label: string,
  options: TextAreaOptions<V, C> = {},
): CheckedAnswer<string | NullOf<V>, C> {
  checkOptions(`st.textArea("Note", { value: "" })`, options, known);
  const { value = "", maxChars, placeholder, height } = options;
  if (maxChars !== undefined && !(Number.isInteger(maxChars) && maxChars >= 1)) {
    throw badOption("textArea", "maxChars", "a whole number from 1");
  }
  if (typeof height === "number" && !(height >= 16 && height <= 10_000)) {
    throw badOption("textArea", "height", `"content", "stretch", or px from 16 to 10,000`);
  }
  const props = {
    ...labelProps("textArea", label, options),
    ...(maxChars === undefined ? {} : { maxChars }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(height === undefined ? {} : { height }),
    ...(value === null ? { nullable: true } : {}),
  };
  const refusal = textAreaSpec.value(props).check(value, "");
  if (refusal !== undefined) throw badOption("textArea", "value", refusal.expected);
  const validated = validatedBy("textArea", options.validate);
  const answer = ask(textAreaSpec, { label, options, props, initial: value, ...validated });
  // The decoder admits null only where `value` was null.
  return validated.fromWire(answer) as CheckedAnswer<string | NullOf<V>, C>;
}

textArea.specs = [textAreaSpec] as const;
