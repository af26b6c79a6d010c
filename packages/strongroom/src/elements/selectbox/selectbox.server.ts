import { optionNames } from "../../worker/option-names.ts";
import { requiredName, widgetNames } from "../common-names.server.ts";
import { ask, type RequiredOption, type WidgetOptions } from "../../worker/ask.ts";
import { iconProps } from "../icon.server.ts";
import { labelProps, type NullOf } from "../label.server.ts";
import { initialOption, optionsOf } from "../options.server.ts";
import { selectboxSpec } from "./selectbox.schema.ts";
import { checkOptions } from "../check-options.server.ts";

/** Up to so many options are a plain list; more can be found by typing. */
const plainListLength = 20;

export interface SelectboxOptions<T, I extends number | null = number, N extends boolean = false>
  extends WidgetOptions, RequiredOption {
  /** Position of the option that is chosen at first; `null` for none, then the answer may be `null`. Default `0`. */
  readonly index?: I;
  /** What viewers read for an option. Default: the option as text. */
  readonly formatFunc?: (option: T) => string;
  /** Shown while nothing is chosen. */
  readonly placeholder?: string;
  /** One emoji, `:material/name:`, or `"spinner"`, which turns. */
  readonly icon?: string;
  /** Lets viewers type an option that is not in the list; the answer may then be any one line of text. Default `false`. */
  readonly acceptNewOptions?: N;
  /**
   * How options are found by typing: letters in this order (`"fuzzy"`), a part, or the beginning; `null` for a plain
   * list. Default: a plain list up to 20 options, `"fuzzy"` beyond.
   */
  readonly filterMode?: "fuzzy" | "contains" | "prefix" | null;
}

const known = optionNames<SelectboxOptions<unknown>>()({
  ...widgetNames,
  ...requiredName,
  index: true,
  formatFunc: true,
  placeholder: true,
  icon: true,
  acceptNewOptions: true,
  filterMode: true,
});

/**
 * Shows a list to choose from and answers the chosen option: one of your own values, whatever a browser sends. A choice
 * stays while an option of the same text is offered, wherever it stands in the list.
 */
export function selectbox<const T, I extends number | null = number, N extends boolean = false>(
  label: string,
  options: Iterable<T>,
  more: SelectboxOptions<T, I, N> = {},
): T | NullOf<I> | (N extends true ? string : never) {
  checkOptions(`st.selectbox("Region", ["EU", "US"], { index: 0 })`, more, known);
  const { index = 0, formatFunc, placeholder, acceptNewOptions, filterMode } = more;
  const choice = optionsOf("selectbox", options, formatFunc);
  const initial = initialOption("selectbox", choice.texts, index);
  const byLength = choice.texts.length > plainListLength || acceptNewOptions === true ? "fuzzy" : null;
  const filter = filterMode === undefined ? byLength : filterMode;
  const props = {
    ...labelProps("selectbox", label, more),
    options: choice.texts,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...iconProps("selectbox", more),
    ...(filter === null ? {} : { filter }),
    ...(acceptNewOptions === true ? { open: true, filter: filter ?? "contains" } : {}),
    ...(index === null ? { nullable: true } : {}),
  };
  const { fromWire, toWire } = choice;
  const name = ask(selectboxSpec, { label, options: more, props, initial, fromWire, toWire });
  // The decoder admits names of options, null and new text only where each was declared.
  return fromWire(name) as T | NullOf<I> | (N extends true ? string : never);
}

selectbox.specs = [selectboxSpec] as const;
