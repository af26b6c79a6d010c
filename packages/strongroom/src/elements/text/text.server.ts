import { limits } from "../../wire/limits.ts";
import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { show } from "../../worker/show.ts";
import { textSpec } from "./text.schema.ts";

export interface TextOptions {
  /** A tooltip, in Markdown. */
  readonly help?: string;
}

/** Shows text as it is: no Markdown, line breaks kept. */
export function text(body: string, options: TextOptions = {}): void {
  const shown = String(body);
  if (shown.length > limits.textChars) throw badOption("text", "body", `at most ${limits.textChars.toLocaleString("en")} characters`);
  show(textSpec, { text: shown, ...(options.help === undefined ? {} : { help: inline(options.help) }) });
}

text.specs = [textSpec] as const;
