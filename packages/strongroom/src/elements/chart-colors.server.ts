import { badOption } from "../worker/errors.ts";
import type { ChartColor } from "./chart.schema.ts";
import type { ThemeColor } from "./color-name.schema.ts";

const named = {
  red: "data-4",
  orange: "data-2",
  yellow: "warn",
  green: "data-5",
  blue: "blue",
  violet: "data-3",
  gray: "ink-3",
  grey: "ink-3",
  primary: "data-1",
} as const satisfies Record<ThemeColor, ChartColor>;

/** One of the theme's colours by name, or `#rrggbb`; or the name of a column. */
export type ColorOption = ThemeColor | (string & {}) | readonly (ThemeColor | (string & {}))[];

/** The colour of each series; nothing where the theme's own serve. */
export function chartColors(
  element: string,
  color: ColorOption | undefined,
  seriesCount: number,
): readonly ChartColor[] | undefined {
  if (color === undefined) return undefined;
  const colors = typeof color === "string" ? [color] : color;
  if (colors.length > 1 && colors.length !== seriesCount)
    throw badOption(element, "color", `one colour, or one for each of the ${seriesCount} series`);
  return colors.map((one) => colorOf(element, one));
}

function colorOf(element: string, color: string): ChartColor {
  if (Object.hasOwn(named, color)) return named[color as ThemeColor];
  const hex = color.toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(hex)) return hex;
  if (/^#[0-9a-f]{3}$/.test(hex)) return hex.replace(/[0-9a-f]/g, "$&$&");
  throw badOption(
    element,
    "color",
    `a column of the data, "#rrggbb", or one of ${Object.keys(named).join(", ")}`,
  );
}
