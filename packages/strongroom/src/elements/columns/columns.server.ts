import { badOption } from "../../worker/errors.ts";
import { showContainer, type Container } from "../container.ts";
import { columnSpec, columnsSpec } from "./columns.schema.ts";

export interface ColumnsOptions {
  /** Space between columns: a word, or px. Default `"small"`. */
  readonly gap?: "xxsmall" | "xsmall" | "small" | "medium" | "large" | "xlarge" | "xxlarge" | "none" | number;
  readonly verticalAlignment?: "top" | "center" | "bottom";
  /** A card round each column. Default `false`. */
  readonly border?: boolean;
  /** Columns go under each other on narrow screens. Default `true`; `false` scrolls sideways. */
  readonly wrap?: boolean;
}

/** Shows columns side by side and answers them; a list of numbers gives their relative widths. */
export function columns(spec: number | readonly number[], options: ColumnsOptions = {}): Container[] {
  const weights = typeof spec === "number" ? Array.from({ length: spec }, () => 1) : [...spec];
  const isFair = weights.length >= 1 && weights.length <= 100 && weights.every((weight) => weight > 0 && weight <= 1_000);
  if (!isFair) throw badOption("columns", "spec", "a number from 1 to 100, or as many positive widths");
  const { gap = "small", verticalAlignment = "top", border = false, wrap = true } = options;
  const row = showContainer(columnsSpec, { gap, wrap, align: verticalAlignment });
  return weights.map((weight) => row.with(() => showContainer(columnSpec, { weight, border })));
}

columns.specs = [columnsSpec, columnSpec] as const;
