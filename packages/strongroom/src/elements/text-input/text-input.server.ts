import { optionNames } from "../../worker/option-names.ts";
import { requiredName, widgetNames } from "../common-names.server.ts";
import { badOption } from "../../worker/errors.ts";
import { ask, type RequiredOption, type WidgetOptions } from "../../worker/ask.ts";
import { iconProps } from "../icon.server.ts";
import { labelProps, type NullOf } from "../label.server.ts";
import { validatedBy, type CheckedAnswer, type CheckFor, type TextCheck } from "../validate.server.ts";
import { textInputSpec } from "./text-input.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface TextInputOptions<
  V extends string | null = string,
  C extends TextCheck | undefined = undefined,
>
  extends WidgetOptions, RequiredOption {
  /** What it holds at first; `null` makes an empty field answer `null` instead of `""`. Default `""`. */
  readonly value?: V;
  /** No more than so many characters fit. */
  readonly maxChars?: number;
  /**
   * `"email"` and `"url"` (http or https) take nothing else; the others change the keyboard of phones and what the
   * browser offers to fill in. Each brings an icon and a placeholder: `""` takes them away. Default `"default"`.
   */
  readonly type?: "default" | "password" | "email" | "url" | "phone" | "search";
  /** Shown while it is empty. */
  readonly placeholder?: string;
  /** What the browser may fill in, as in HTML: `"given-name"`. Default: by type. */
  readonly autocomplete?: string;
  /** Answers while the viewer types, after a pause: `true` is 250 ms. Default: when they press Enter or leave the field. */
  readonly live?: boolean | `${number}ms` | `${number}s` | `${number}m`;
  /** One emoji, `:material/name:`, or `"spinner"`, which turns. */
  readonly icon?: string;
  /**
   * A schema (zod, valibot, arktype) or a pattern, `/^[A-Z]{2}\d+$/` or `[pattern, "what viewers read"]`. While the text
   * does not fit, viewers read why beside the field, and the answer is `undefined`.
   */
  readonly validate?: C & CheckFor<string, C>;
}

const known = optionNames<TextInputOptions>()({
  ...widgetNames,
  ...requiredName,
  value: true,
  maxChars: true,
  type: true,
  placeholder: true,
  autocomplete: true,
  live: true,
  icon: true,
  validate: true,
});

/**
 * Shows a field for one line of text and answers the text, which never holds a line break; with `validate` what the schema
 * makes of it.
 */
export function textInput<
  const V extends string | null = string,
  C extends TextCheck | undefined = undefined,
>(label: string, options: TextInputOptions<V, C> = {}): CheckedAnswer<string | NullOf<V>, C> {
  checkOptions(`st.textInput("Name", { value: "Ada" })`, options, known);
  const { value = "", maxChars, type = "default", placeholder, autocomplete, live = false } = options;
  const { icon = iconOfType[type] } = options;
  const liveMs = live === false ? undefined : pauseMs(live);
  const props = {
    ...labelProps("textInput", label, options),
    ...(type === "default" ? {} : { type }),
    ...(maxChars === undefined ? {} : { maxChars }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(autocomplete === undefined ? {} : { autocomplete }),
    ...(liveMs === undefined ? {} : { liveMs }),
    ...iconProps("textInput", { icon }),
    ...(value === null ? { nullable: true } : {}),
  };
  if (maxChars !== undefined && !(Number.isInteger(maxChars) && maxChars >= 1)) {
    throw badOption("textInput", "maxChars", "a whole number from 1");
  }
  if (type === "password" && options.bind !== undefined)
    throw badOption("textInput", "bind", "left out for a password: a URL is seen, kept and passed on");
  const refusal = textInputSpec.value(props).check(value, "");
  if (refusal !== undefined) throw badOption("textInput", "value", refusal.expected);
  const validated = validatedBy("textInput", options.validate);
  const answer = ask(textInputSpec, { label, options, props, initial: value, ...validated });
  // The decoder admits null only where `value` was null.
  return validated.fromWire(answer) as CheckedAnswer<string | NullOf<V>, C>;
}

const iconOfType = {
  default: "",
  password: "",
  email: ":material/mail:",
  url: ":material/link:",
  phone: ":material/call:",
  search: ":material/search:",
} as const;

function pauseMs(live: true | string): number {
  if (live === true) return 250;
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(live) ?? [];
  const ms = Number(digits) * (unit === "m" ? 60_000 : unit === "s" ? 1_000 : 1);
  if (!(ms <= 60_000)) throw badOption("textInput", "live", `true, or a pause like "500ms", at most "60s"`);
  return ms;
}

textInput.specs = [textInputSpec] as const;
