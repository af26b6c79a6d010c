import type { AppFile } from "../files.ts";
import type { Found, Rule } from "../finding.ts";

const scripts = /\.[cm]?[jt]sx?$/;
/** A call, not a method or a part of another name; or `eval` under another name. */
const calls =
  /(?<![\w.$"'`])(?:eval\s*\(|new\s+Function\s*\(|Function\s*\(\s*["'`])|[=(,]\s*eval\s*[;,)]|\bglobalThis\.eval\b|\brunIn(?:(?:This|New)?Context)\s*\(|\bvm\.(?:Script|compileFunction|SourceTextModule)\b|\bimport\s*\(\s*["'`]data:/;

/** No text becomes code. */
export const codeFromText: Rule = {
  id: "CHK-EVAL",
  severity: "error",
  holds: "No text becomes code.",
  why: "Text that a viewer typed could run as the app. Workers refuse it: the line throws when it is reached.",
  find: ({ files }) => files.filter(({ path }) => scripts.test(path)).flatMap(inFile),
};

function inFile({ path, text }: AppFile): readonly Found[] {
  return text.split("\n").flatMap((line, at) =>
    calls.test(line.replace(/(^|\s)\/\/.*$|^\s*\*.*$/, ""))
      ? [
          {
            file: path,
            line: at + 1,
            problem: "This line makes code of a text.",
            fix: "Look the wanted function up in a Map of those that you allow; for formulas write a parser.",
          },
        ]
      : [],
  );
}
