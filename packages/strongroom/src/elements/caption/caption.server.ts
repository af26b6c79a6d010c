import { blocksOf } from "../../worker/markdown.ts";
import { show } from "../../worker/show.ts";
import { bodyText, textProps, type TextOptions } from "../layout.server.ts";
import { captionSpec } from "./caption.schema.ts";

/** Shows small, quieter text, in Markdown: where data comes from, what a heading means. */
export function caption(body: string, options: TextOptions = {}): void {
  show(captionSpec, { body: blocksOf(bodyText("caption", body)), ...textProps("caption", options) });
}

caption.specs = [captionSpec] as const;
