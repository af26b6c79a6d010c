import { optionNames } from "../../worker/option-names.ts";
import { requiredName, widgetNames } from "../common-names.server.ts";
import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { ask, type RequiredOption, type WidgetOptions } from "../../worker/ask.ts";
import { labelProps, type NullOf } from "../label.server.ts";
import { initialOption, optionsOf } from "../options.server.ts";
import { radioSpec } from "./radio.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface RadioOptions<T, I extends number | null = number> extends WidgetOptions, RequiredOption {
  /** Position of the option that is chosen at first; `null` for none, then the answer may be `null`. Default `0`. */
  readonly index?: I;
  /** What viewers read for an option, in Markdown. Default: the option as text. */
  readonly formatFunc?: (option: T) => string;
  /** A line below each option, in Markdown. */
  readonly captions?: readonly string[];
  /** Side by side instead of below each other. Default `false`. */
  readonly horizontal?: boolean;
}

const known = optionNames<RadioOptions<unknown>>()({
  ...widgetNames,
  ...requiredName,
  index: true,
  formatFunc: true,
  captions: true,
  horizontal: true,
});

/**
 * Shows a few options, all in sight, and answers the one that is chosen: one of your own values. A choice stays while an
 * option of the same text is offered, wherever it stands in the list.
 */
export function radio<const T, I extends number | null = number>(
  label: string,
  options: Iterable<T>,
  more: RadioOptions<T, I> = {},
): T | NullOf<I> {
  checkOptions(`st.radio("Region", ["EU", "US"], { index: 0 })`, more, known);
  const { index = 0, formatFunc, captions, horizontal } = more;
  const choice = optionsOf("radio", options, formatFunc);
  if (captions !== undefined && !(Array.isArray(captions) && captions.length <= choice.texts.length))
    throw badOption("radio", "captions", "a list with at most one text for each option");
  const initial = initialOption("radio", choice.texts, index);
  const drawn = choice.texts.map(inline);
  const props = {
    ...labelProps("radio", label, more),
    options: choice.texts,
    ...(drawn.every((text) => typeof text === "string") ? {} : { drawn }),
    ...(captions === undefined ? {} : { captions: captions.map(inline) }),
    ...(horizontal === true ? { horizontal } : {}),
    ...(index === null ? { nullable: true } : {}),
  };
  const { fromWire, toWire } = choice;
  const name = ask(radioSpec, { label, options: more, props, initial, fromWire, toWire });
  // The decoder admits names of options alone, and null only where it was declared.
  return fromWire(name) as T | NullOf<I>;
}

radio.specs = [radioSpec] as const;
