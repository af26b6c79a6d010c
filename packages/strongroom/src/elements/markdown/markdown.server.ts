import { blocksOf } from "../../worker/markdown.ts";
import { show } from "../../worker/show.ts";
import { bodyText, textProps, type TextOptions } from "../layout.server.ts";
import { markdownSpec } from "./markdown.schema.ts";

/**
 * Shows Markdown: GitHub's, with emoji (`:tada:`), icons (`:material/home:`) and colours (`:red[text]`,
 * `:blue-background[text]`, `:green-badge[text]`, `:small[text]`). HTML stays text.
 */
export function markdown(body: string, options: TextOptions = {}): void {
  showMarkdown("markdown", body, options);
}

/** The same under the name of another function, which its errors tell. */
export function showMarkdown(element: string, body: string, options: TextOptions = {}): void {
  show(markdownSpec, { body: blocksOf(bodyText(element, body)), ...textProps(element, options) });
}

markdown.specs = [markdownSpec] as const;
