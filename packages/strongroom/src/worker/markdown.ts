import type { RichText } from "../wire/rich-text.ts";

/** Parses one line of inline Markdown. */
export function inline(text: string): RichText {
  return text;
}
