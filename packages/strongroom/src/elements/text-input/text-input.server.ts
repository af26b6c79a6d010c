import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { ask, type WidgetOptions } from "../../worker/show.ts";
import { labelProps } from "../label.server.ts";
import { textInputSpec } from "./text-input.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface TextInputOptions<V extends string | null = string> extends WidgetOptions {
  /** What it holds at first; `null` makes an empty field answer `null` instead of `""`. Default `""`. */
  readonly value?: V;
  /** No more than so many characters fit. */
  readonly maxChars?: number;
  /**
   * `"email"` and `"url"` (http or https) take nothing else; the others change the keyboard of phones and what the
   * browser offers to fill in. Default `"default"`.
   */
  readonly type?: "default" | "password" | "email" | "url" | "phone" | "search";
  /** Shown while it is empty. */
  readonly placeholder?: string;
  /** What the browser may fill in, as in HTML: `"given-name"`. Default: by type. */
  readonly autocomplete?: string;
  /** Answers while the viewer types, after a pause: `true` is 250 ms. Default: when they press Enter or leave the field. */
  readonly live?: boolean | `${number}ms` | `${number}s`;
  /** One emoji, or `:material/name:`. */
  readonly icon?: string;
}

/** Shows a field for one line of text and answers the text. It never holds a line break. */
export function textInput<const V extends string | null = string>(
  label: string,
  options: TextInputOptions<V> = {},
): string | Extract<V, null> {
  checkOptions(`st.textInput("Name", { value: "Ada" })`, options);
  const { value = "", maxChars, type = "default", placeholder, autocomplete, live = false, icon } = options;
  const liveMs = live === false ? undefined : pauseMs(live);
  const props = {
    ...labelProps("textInput", label, options),
    ...(type === "default" ? {} : { type }),
    ...(maxChars === undefined ? {} : { maxChars }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(autocomplete === undefined ? {} : { autocomplete }),
    ...(liveMs === undefined ? {} : { liveMs }),
    ...(icon === undefined ? {} : { icon: inline(icon) }),
    ...(value === null ? { nullable: true } : {}),
  };
  if (maxChars !== undefined && !(Number.isInteger(maxChars) && maxChars >= 1)) {
    throw badOption("textInput", "maxChars", "a whole number from 1");
  }
  const refusal = textInputSpec.value(props).check(value, "");
  if (refusal !== undefined) throw badOption("textInput", "value", refusal.expected);
  // The decoder admits null only where `value` was null.
  return ask(textInputSpec, { label, options, props, initial: value }) as string | Extract<V, null>;
}

function pauseMs(live: true | string): number {
  if (live === true) return 250;
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(live) ?? [];
  const ms = Number(digits) * (unit === "s" ? 1_000 : 1);
  if (!(ms <= 60_000)) throw badOption("textInput", "live", `true, or a pause like "500ms", at most "60s"`);
  return ms;
}

textInput.specs = [textInputSpec] as const;
