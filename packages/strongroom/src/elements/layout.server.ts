import { limits } from "../wire/limits.ts";
import type { RichText } from "../wire/rich-text.ts";
import { badOption } from "../worker/errors.ts";
import { inline } from "../worker/markdown.ts";
import { optionNames, type OptionNames } from "../worker/option-names.ts";
import { checkOptions, isPending } from "./check-options.server.ts";

/** `"stretch"` fills the container, `"content"` is as wide as need be, a number is px. */
export type Width = "stretch" | "content" | number;
/** `"stretch"` fills the container, `"content"` is as high as need be; in a number of px what is longer scrolls. */
export type Height = "stretch" | "content" | number;
/** A word, or px: `"small"` is 16. */
export type Gap =
  | "none"
  | "xxsmall"
  | "xsmall"
  | "small"
  | "medium"
  | "large"
  | "xlarge"
  | "xxlarge"
  | number;

/** Options that every text takes. */
export interface TextOptions {
  /** A tooltip, in Markdown. */
  readonly help?: string;
  /** `"stretch"` fills the container, `"content"` is as wide as need be, a number is px. */
  readonly width?: Width;
  /** Default `"left"`. */
  readonly textAlignment?: "left" | "center" | "right" | "justify";
  /** `false` keeps it in one line, cut off where it is too long. Default `true`. */
  readonly wrap?: boolean;
}

export const textNames: OptionNames<TextOptions> = optionNames<TextOptions>()({
  help: true,
  width: true,
  textAlignment: true,
  wrap: true,
});

export interface TextProps {
  readonly help?: RichText;
  readonly width?: Width;
  readonly textAlignment?: "center" | "right" | "justify";
  readonly wrap?: false;
}

/** The props that every text has, from what the author gave. */
export function textProps(element: string, options: TextOptions): TextProps {
  checkOptions(`st.${element}("…", { width: "content" })`, options, textNames);
  return textFace(element, options);
}

/** The same, of options that were checked. */
export function textFace(element: string, options: TextOptions): TextProps {
  const { help, textAlignment = "left", wrap = true } = options;
  return {
    ...(help === undefined ? {} : { help: inline(help) }),
    ...widthProps(element, options),
    ...(textAlignment === "left" ? {} : { textAlignment }),
    ...(wrap ? {} : { wrap }),
  };
}

/** The width as a prop, where the author gave one. */
export function widthProps(
  element: string,
  { width }: { readonly width?: Width | undefined },
): { width?: Width } {
  return width === undefined ? {} : { width: sizeOf(element, "width", width) };
}

/** The height as a prop, where the author gave one that is not the content's. */
export function heightProps(
  element: string,
  { height }: { readonly height?: Height | undefined },
): { height?: Height } {
  return height === undefined || height === "content" ? {} : { height: sizeOf(element, "height", height) };
}

function sizeOf<T extends Width>(element: string, option: string, size: T): T {
  const isSize =
    typeof size === "number" ? size >= 1 && size <= 10_000 : size === "stretch" || size === "content";
  if (!isSize) throw badOption(element, option, `"stretch", "content", or px from 1 to 10,000`);
  return size;
}

/** What the author gave as a text; a number or a date as JavaScript writes it. */
export function bodyText(element: string, body: unknown, option = "body"): string {
  if (isPending(body))
    throw badOption(element, option, "what is there; this is still to come: write `await` before it");
  const text = typeof body === "string" ? body : String(body);
  if (body === undefined || typeof body === "function" || Array.isArray(body) || text === "[object Object]")
    throw badOption(element, option, "text; `st.write` shows any other value");
  if (text.length > limits.textChars) {
    throw badOption(
      element,
      option,
      `at most ${limits.textChars.toLocaleString("en")} characters; show a part of it, or offer it as a download`,
    );
  }
  return text;
}

/** A label in inline Markdown. */
export function labelText(element: string, label: unknown, option = "label"): RichText {
  if (typeof label !== "string" || label.length > limits.labelChars) {
    throw badOption(element, option, `text of at most ${limits.labelChars.toLocaleString("en")} characters`);
  }
  return inline(label);
}
