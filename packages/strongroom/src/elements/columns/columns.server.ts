import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { showContainer, type Container } from "../container.ts";
import { widthProps, type Gap } from "../layout.server.ts";
import { columnSpec, columnsSpec } from "./columns.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface ColumnsOptions {
  /** Space between columns: a word, or px. Default `"small"`, 16 px. */
  readonly gap?: Gap;
  /** How a column stands beside a higher one. Default `"top"`. */
  readonly verticalAlignment?: "top" | "center" | "bottom";
  /** A card round each column. Default `false`. */
  readonly border?: boolean;
  /** Columns go under each other on narrow screens. Default `true`; `false` scrolls sideways. */
  readonly wrap?: boolean;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
}

const known = optionNames<ColumnsOptions>()({
  gap: true,
  verticalAlignment: true,
  border: true,
  wrap: true,
  width: true,
});

type Repeat<N extends number, All extends readonly Container[] = []> = All["length"] extends N
  ? All
  : All["length"] extends 16
    ? Container[]
    : Repeat<N, [...All, Container]>;

/** As many containers as were asked for, where the number is written in the code. */
export type Columns<S extends number | readonly number[]> = S extends readonly number[]
  ? { -readonly [K in keyof S]: Container }
  : S extends number
    ? number extends S
      ? Container[]
      : Repeat<S>
    : never;

/**
 * Shows columns side by side and answers a container for each: `const [left, right] = st.columns(2)`. A list of numbers
 * gives their relative widths.
 */
export function columns<const S extends number | readonly number[]>(
  spec: S,
  options: ColumnsOptions = {},
): Columns<S> {
  checkOptions(`st.columns(2, { gap: "large" })`, options, known);
  const weights = weightsOf(spec);
  const { gap = "small", verticalAlignment = "top", border = false, wrap = true } = options;
  const props = { gap, wrap, align: verticalAlignment, ...widthProps("columns", options) };
  const row = showContainer(columnsSpec, props);
  // One container for each weight, which `map` on a tuple does not say.
  return weights.map((weight) => row.with(() => showContainer(columnSpec, { weight, border }))) as Columns<S>;
}

function weightsOf(spec: number | readonly number[]): readonly number[] {
  const isCount = typeof spec === "number";
  const isFair = isCount
    ? Number.isInteger(spec) && spec >= 1 && spec <= 100
    : Array.isArray(spec) &&
      spec.length >= 1 &&
      spec.length <= 100 &&
      spec.every((weight) => typeof weight === "number" && weight >= 0.001 && weight <= 1_000);
  if (!isFair)
    throw badOption("columns", "spec", "a number from 1 to 100, or as many widths from 0.001 to 1,000");
  return isCount ? Array.from({ length: spec }, () => 1) : spec;
}

columns.specs = [columnsSpec, columnSpec] as const;
