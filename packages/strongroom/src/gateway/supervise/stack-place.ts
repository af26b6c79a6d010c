import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { s } from "../../wire/s.ts";
import { decodeText, type Schema } from "../../wire/schema.ts";

/** What Node writes, under `--trace-sigint`, before the stack of a program that was interrupted. */
export const interruptLine = "KEYBOARD_INTERRUPT: Script execution was interrupted by `SIGINT`";

const framePattern = /^\s+at (?:[^(]*\()?((?:file:\/\/)?\/[^()]+?):(\d+):(\d+)\)?$/;
const maxMapChars = 200_000_000;
const maxFrames = 200;

/** The part of a source map that finds places. */
const mapSchema: Schema<Pick<SourceMapPayload, "sources" | "mappings">> = {
  expected: "a source map",
  check(value, at) {
    const { sources, mappings } = Object(value);
    return (
      s.array(s.string({ maxLength: 10_000 }), { max: 100_000 }).check(sources, at) ??
      s.string({ maxLength: maxMapChars }).check(mappings, at)
    );
  },
};

export interface AuthorFolders {
  readonly appFolder: string;
  /** Where compiled modules and their maps stand. */
  readonly buildFolder: string;
}

/** The first place of a stack that stands in the author's own files: `app.ts:12`. The stack is what a worker says it is. */
export function authorPlace(
  stack: readonly string[],
  { appFolder, buildFolder }: AuthorFolders,
): string | undefined {
  const maps = new Map<string, SourceMap | undefined>();
  for (const line of stack.slice(0, maxFrames)) {
    const [, address, row, column] = framePattern.exec(line) ?? [];
    if (address === undefined) continue;
    const file = pathOf(address);
    if (file === undefined) continue;
    if (!maps.has(file)) maps.set(file, file.startsWith(`${buildFolder}/`) ? mapBeside(file) : undefined);
    const place = original(maps.get(file), { file, line: Number(row), column: Number(column) });
    if (!place.file.startsWith(`${appFolder}/`) || place.file.includes("/node_modules/")) continue;
    const name = place.file.slice(appFolder.length + 1);
    if (!name.startsWith(".strongroom/") && name.length < 500) return `${name}:${place.line}`;
  }
  return undefined;
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

function original(map: SourceMap | undefined, place: Place): Place {
  const entry = map?.findEntry(place.line - 1, place.column - 1);
  if (entry === undefined || !("originalSource" in entry)) return place;
  const { originalSource, originalLine, originalColumn } = entry;
  const source = originalSource.startsWith("file:")
    ? pathOf(originalSource)
    : resolve(dirname(place.file), originalSource);
  return { file: source ?? place.file, line: originalLine + 1, column: originalColumn + 1 };
}

function pathOf(address: string): string | undefined {
  if (!address.startsWith("file:")) return resolve(address);
  try {
    return resolve(fileURLToPath(address));
  } catch {
    return undefined; // not an address of this machine
  }
}

/** The map that the compiler wrote beside a module; other files are as their authors wrote them. */
function mapBeside(file: string): SourceMap | undefined {
  try {
    const decoded = decodeText(mapSchema, readFileSync(`${file}.map`, "utf8"), maxMapChars);
    if (!decoded.ok) return undefined;
    const { sources, mappings } = decoded.value;
    const empty = { file: "", sourceRoot: "", names: [], sourcesContent: [] };
    return new SourceMap({ ...empty, version: 3, sources: [...sources], mappings });
  } catch {
    return undefined; // there is none, or it cannot be read: the place in the file itself must do
  }
}
