import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { show } from "../../worker/show.ts";
import { bodyText, heightProps, widthProps, type Height, type Width } from "../layout.server.ts";
import { codeSpec } from "./code.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface CodeOptions {
  /** What it is written in; `null` for text without colours. Default `"typescript"`. */
  readonly language?: string | null;
  /** Default `false`. */
  readonly lineNumbers?: boolean;
  /** Breaks long lines instead of scrolling sideways. Default `false`. */
  readonly wrapLines?: boolean;
  /** Default `"stretch"`. */
  readonly width?: Width;
  /** Default `"content"`; in a number of px what is longer scrolls. */
  readonly height?: Height;
}

const known = optionNames<CodeOptions>()({
  language: true,
  lineNumbers: true,
  wrapLines: true,
  width: true,
  height: true,
});

/** Shows code with the colours of its language and a button that copies it. */
export function code(body: string, options: CodeOptions = {}): void {
  checkOptions(`st.code("const a = 1;", { language: "typescript" })`, options, known);
  const { language = "typescript", lineNumbers = false, wrapLines = false } = options;
  if (language !== null && !/^[\w+#.-]{1,40}$/.test(language))
    throw badOption("code", "language", "the name of a language, or null");
  show(codeSpec, {
    text: trimmed(bodyText("code", body)),
    language: language ?? "",
    ...(lineNumbers ? { lineNumbers } : {}),
    ...(wrapLines ? { wrapLines } : {}),
    ...widthProps("code", options),
    ...heightProps("code", options),
  });
}

/** Without the empty lines round a template string, and without the indentation that all its lines share. */
function trimmed(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  while (lines[0]?.trim() === "") lines.shift();
  while (lines.at(-1)?.trim() === "") lines.pop();
  const indentations = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ \t]*/.exec(line)?.[0] ?? "");
  const shared = indentations.reduce((least, own) => commonStart(least, own), indentations[0] ?? "");
  return lines
    .map((line) => (line.startsWith(shared) ? line.slice(shared.length) : line.trimStart()))
    .join("\n");
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

code.specs = [codeSpec] as const;
