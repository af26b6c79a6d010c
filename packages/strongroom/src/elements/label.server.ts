import type { RichText } from "../wire/rich-text.ts";
import { badOption } from "../worker/errors.ts";
import { inline } from "../worker/markdown.ts";
import type { WidgetOptions } from "../worker/ask.ts";

/** What a first answer of `null` adds to the type of all. Not `Extract`: that would take its type from where the answer goes. */
export type NullOf<First> = First extends null ? null : never;

/** The option of what has words on one line. */
export interface WrapOption {
  /** `false` keeps it on one line and cuts what does not fit; `true` goes on in the next, also in a row. Default: as there is room. */
  readonly wrap?: boolean;
}

export interface LabelProps {
  readonly label: RichText;
  readonly help?: RichText;
  readonly disabled?: boolean;
  readonly labelVisibility?: "hidden" | "collapsed";
  readonly quiet?: boolean;
  readonly wrap?: boolean;
  readonly width?: "stretch" | "content" | number;
}

/** The props that every widget has, from what the author gave. */
export function labelProps(element: string, label: string, options: WidgetOptions & WrapOption): LabelProps {
  if (typeof label !== "string" || label.length > 1_000)
    throw badOption(element, "label", "text of at most 1,000 characters");
  const { help, disabled, labelVisibility = "visible", onChange, width, wrap } = options;
  if (typeof width === "number" && !(width >= 1 && width <= 10_000))
    throw badOption(element, "width", `"stretch", "content" or px from 1 to 10,000`);
  return {
    label: inline(label),
    ...(help === undefined ? {} : { help: inline(help) }),
    ...(disabled === true ? { disabled } : {}),
    ...(labelVisibility === "visible" ? {} : { labelVisibility }),
    ...(onChange === "ignore" ? { quiet: true } : {}),
    ...(width === undefined ? {} : { width }),
    ...(wrap === undefined ? {} : { wrap }),
  };
}
