import { optionNames } from "../../worker/option-names.ts";
import { requiredName, widgetNames, wrapName } from "../common-names.server.ts";
import { badOption } from "../../worker/errors.ts";
import { ask, type RequiredOption, type WidgetOptions } from "../../worker/ask.ts";
import { labelProps, type WrapOption } from "../label.server.ts";
import { optionIndex } from "../options.schema.ts";
import { optionsOf, type Options } from "../options.server.ts";
import { multiselectSpec } from "./multiselect.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface MultiselectOptions<T, N extends boolean = false>
  extends WidgetOptions, RequiredOption, WrapOption {
  /** Options that are chosen at first. Default: none. */
  readonly default?: Iterable<T>;
  /** What viewers read for an option. Default: the option as text. */
  readonly formatFunc?: (option: T) => string;
  /** Shown while nothing is chosen. */
  readonly placeholder?: string;
  /** No more than so many can be chosen. */
  readonly maxSelections?: number;
  /** Lets viewers type options that are not in the list. Default `false`. */
  readonly acceptNewOptions?: N;
  /** How options are found by typing: letters in this order (`"fuzzy"`, default), a part, the beginning; `null` for not at all. */
  readonly filterMode?: "fuzzy" | "contains" | "prefix" | null;
  /**
   * Whether the list begins with a row that chooses all; a number: only where there are no more options. Default `1000`, and
   * `false` with `maxSelections`.
   */
  readonly selectAll?: boolean | number;
}

const known = optionNames<MultiselectOptions<unknown>>()({
  ...widgetNames,
  ...requiredName,
  ...wrapName,
  default: true,
  formatFunc: true,
  placeholder: true,
  maxSelections: true,
  acceptNewOptions: true,
  filterMode: true,
  selectAll: true,
});

/**
 * Shows options of which several can be chosen and answers the chosen ones, in the order in which they were chosen: your
 * own values, each at most once. When options change, what is still offered stays chosen.
 */
export function multiselect<const T, N extends boolean = false>(
  label: string,
  options: Iterable<T>,
  more: MultiselectOptions<T, N> = {},
): (T | (N extends true ? string : never))[] {
  checkOptions(`st.multiselect("Regions", ["EU", "US"], { default: ["EU"] })`, more, known);
  const { formatFunc, placeholder, maxSelections, acceptNewOptions, filterMode = "fuzzy", selectAll } = more;
  const choice = optionsOf("multiselect", options, formatFunc);
  const count = choice.texts.length;
  if (maxSelections !== undefined && !(Number.isInteger(maxSelections) && maxSelections >= 1)) {
    throw badOption("multiselect", "maxSelections", "a whole number from 1");
  }
  if (filterMode === null && acceptNewOptions === true)
    throw badOption("multiselect", "filterMode", "left out or a word where new options can be typed");
  const mostForAll = selectAll ?? (maxSelections === undefined ? 1_000 : false);
  const isAllOffered = typeof mostForAll === "number" ? count >= 2 && count <= mostForAll : mostForAll;
  const props = {
    ...labelProps("multiselect", label, more),
    options: choice.texts,
    ...(filterMode === null ? {} : { filter: filterMode }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(maxSelections === undefined ? {} : { maxSelections }),
    ...(isAllOffered ? { selectAll: true } : {}),
    ...(acceptNewOptions === true ? { open: true } : {}),
  };
  const { default: chosen = [] } = more;
  if (!isIterable(chosen)) throw badOption("multiselect", "default", "a list of some of the options");
  const initial = initialNames(choice, chosen, maxSelections);
  const fromWire = (names: readonly string[]) => names.map((name) => choice.fromWire(name));
  const toWire = (values: unknown) => (isIterable(values) ? namesOf(choice, values) : undefined);
  const mend = (earlier: unknown) => stillOffered(choice.texts, earlier)?.slice(0, maxSelections);
  const names = ask(multiselectSpec, { label, options: more, props, initial, fromWire, toWire, mend });
  // The decoder admits names of options alone, and new text only where that was declared.
  return fromWire(names) as (T | (N extends true ? string : never))[];
}

function initialNames(
  choice: Options<unknown>,
  values: Iterable<unknown>,
  most = Infinity,
): readonly string[] {
  const names = namesOf(choice, values);
  if (names === undefined || names.some((name) => optionIndex(choice.texts, name) < 0)) {
    throw badOption("multiselect", "default", "a list of some of the options");
  }
  if (names.length > most)
    throw badOption("multiselect", "default", `at most ${most} options, as maxSelections says`);
  return names;
}

function namesOf(choice: Options<unknown>, values: Iterable<unknown>): readonly string[] | undefined {
  const names = [...values].map((value) => choice.toWire(value)).filter((name) => typeof name === "string");
  return names.length === [...values].length ? [...new Set(names)] : undefined;
}

function stillOffered(texts: readonly string[], earlier: unknown): readonly string[] | undefined {
  if (!Array.isArray(earlier)) return undefined;
  return earlier.filter((name) => typeof name === "string" && optionIndex(texts, name) >= 0);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

multiselect.specs = [multiselectSpec] as const;
