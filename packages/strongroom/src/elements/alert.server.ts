import type { Block, RichText } from "../wire/rich-text.ts";
import { blocksOf, inline } from "../worker/markdown.ts";
import { iconProps } from "./icon.server.ts";
import { bodyText, labelText, widthProps, type Width } from "./layout.server.ts";
import { optionNames } from "../worker/option-names.ts";
import { checkOptions } from "./check-options.server.ts";

export interface AlertOptions {
  /** A heading above it, in inline Markdown. */
  readonly title?: string;
  /** One emoji, `:material/name:`, or `"spinner"`, which turns. Default: the sign of its kind, or the icon that the text begins with. */
  readonly icon?: string;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
}

const known = optionNames<AlertOptions>()({ title: true, icon: true, width: true });

export interface AlertProps {
  readonly body: readonly Block[];
  readonly title?: RichText;
  readonly icon?: RichText;
  readonly width?: Width;
}

const leading = /^\s*(:material\/[a-z0-9_]{1,60}:|\p{RGI_Emoji})\s+(?=\S)/v;

/** The props of a message, from what the author gave. */
export function alertProps(element: string, body: string, options: AlertOptions): AlertProps {
  checkOptions(`st.${element}("…", { title: "…" })`, options, known);
  const text = bodyText(element, body);
  const own = options.icon === undefined ? leading.exec(text) : null;
  const icon = own === null ? iconProps(element, options) : { icon: inline(own[1] ?? "") };
  return {
    body: blocksOf(own === null ? text : text.slice(own[0].length)),
    ...(options.title === undefined ? {} : { title: labelText(element, options.title, "title") }),
    ...icon,
    ...widthProps(element, options),
  };
}
