import { readFileSync } from "node:fs";
import { TomlError, parse } from "smol-toml";
import { ConfigProblem } from "./problem.ts";
import { lineOfKey } from "./toml-lines.ts";

/** A TOML file that was read. */
export interface TomlFile {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** `config.toml:12` for the place of a key. */
  readonly placeOf: (...path: readonly string[]) => string;
}

const maxChars = 1_000_000;

/** Reads a file, or nothing where there is none. What is wrong is told by line and column only: the text may be secret. */
export function readTomlFile(path: string): TomlFile | undefined {
  const text = textOf(path);
  return text === undefined ? undefined : tomlFile(path, text);
}

/** The same of a text that is known already; `path` is what people call it. */
export function tomlFile(path: string, text: string): TomlFile {
  const placeOf = (...keys: readonly string[]): string => {
    const line = lineOfKey(text, keys);
    return line === undefined ? path : `${path}:${line}`;
  };
  return { path, values: valuesOf(path, text), placeOf };
}

function textOf(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new ConfigProblem(
      `${path}: expected ${code === "EISDIR" ? "a file, not a folder" : `a file that can be read (${String(code)})`}.`,
    );
  }
  if (text.length > maxChars)
    throw new ConfigProblem(`${path}: expected at most ${maxChars.toLocaleString("en")} characters.`);
  return text;
}

function valuesOf(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text, { unsafeKeyBehaviour: "throw", maxDepth: 20 });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Neither its message nor itself as the cause: both quote the line.
    const expected = error.message.includes("trying to redefine")
      ? "expected each section and each key once; this one stands above already"
      : "expected a [section], or a key = value (text stands in quotes)";
    throw new ConfigProblem(`${path}:${error.line}:${error.column} TOML: ${expected}.`);
  }
}
