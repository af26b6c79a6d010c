import type { RichText } from "../wire/rich-text.ts";
import { badOption } from "../worker/errors.ts";
import { iconProps } from "./icon.server.ts";
import { plainText, slugOf } from "../worker/markdown-blocks.ts";
import { currentRun, type Run } from "../worker/run.ts";
import { labelText, textFace, textNames, type TextOptions, type TextProps } from "./layout.server.ts";
import { optionNames, type OptionNames } from "../worker/option-names.ts";
import { checkOptions } from "./check-options.server.ts";
import type { ThemeColor } from "./color-name.schema.ts";

export interface HeadingOptions extends TextOptions {
  /** The name under which `#name` leads here. Default: made from the text; `false` shows no link to it. */
  readonly anchor?: string | false;
  /** One emoji, `:material/name:`, or `"spinner"`, which turns; no part of the heading's name. */
  readonly icon?: string;
}

export const headingNames: OptionNames<HeadingOptions> = optionNames<HeadingOptions>()({
  ...textNames,
  anchor: true,
  icon: true,
});

export type DividerColor = ThemeColor | "rainbow";

export interface DividedHeadingOptions extends HeadingOptions {
  /** A line below; `true` in the colour of lines. Default `false`. */
  readonly divider?: boolean | DividerColor;
}

export const dividedHeadingNames: OptionNames<DividedHeadingOptions> = optionNames<DividedHeadingOptions>()({
  ...headingNames,
  divider: true,
});

export interface HeadingProps extends TextProps {
  readonly text: RichText;
  readonly id: string;
  readonly link: boolean;
  readonly icon?: RichText;
}

/** One kind of heading. */
export interface HeadingKind {
  readonly element: string;
  /** The options that it takes. */
  readonly known: OptionNames<HeadingOptions>;
}

/** The props of a heading, from what the author gave. */
export function headingProps(
  { element, known }: HeadingKind,
  body: string,
  options: HeadingOptions,
): HeadingProps {
  checkOptions(`st.${element}("Orders", { anchor: "orders" })`, options, known);
  const text = labelText(element, typeof body === "string" ? body.trim() : body, "body");
  const { anchor } = options;
  if (typeof anchor === "string" && !/^[\p{L}\p{N}_-]{1,100}$/u.test(anchor)) {
    throw badOption(element, "anchor", "1 to 100 letters, digits, `-` or `_`");
  }
  const name =
    typeof anchor === "string" ? anchor : slugOf(plainText(typeof text === "string" ? [text] : text));
  return {
    text,
    id: uniqueName(name),
    link: anchor !== false,
    ...iconProps(element, options),
    ...textFace(element, options),
  };
}

/** For each run that goes on, how often it has used a name. */
const namesOf = new WeakMap<Run, Map<string, number>>();

/** The name of a place, with a number behind it where this run has used it. */
function uniqueName(name: string): string {
  const run = currentRun();
  let names = namesOf.get(run);
  if (names === undefined) namesOf.set(run, (names = new Map()));
  const count = names.get(name) ?? 0;
  names.set(name, count + 1);
  return count === 0 ? name : `${name}-${count}`;
}

/** The line below a heading as a prop. */
export function dividerProps({ divider = false }: DividedHeadingOptions): {
  divider?: true | Exclude<DividerColor, "grey">;
} {
  if (divider === false) return {};
  return { divider: divider === "grey" ? "gray" : divider };
}
