import { show } from "../../worker/show.ts";
import { bodyText, textProps, type TextOptions } from "../layout.server.ts";
import { textSpec } from "./text.schema.ts";

/** Shows text as it is: no Markdown, spaces and line breaks kept. */
export function text(body: string, options: TextOptions = {}): void {
  show(textSpec, { text: bodyText("text", body), ...textProps("text", options) });
}

text.specs = [textSpec] as const;
