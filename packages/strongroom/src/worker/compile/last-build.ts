/** What the last build was made of, so that a start whose sources are the same need not wait for the bundler. */
import { readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema, maxBuildChars, type Build } from "../../wire/compiler-frames.ts";
import { decodeText } from "../../wire/schema.ts";
import { s } from "../../wire/s.ts";
import { findPages } from "./pages.ts";

interface Folders {
  readonly appFolder: string;
  readonly script: string;
  readonly stateFolder: string;
}

const path = s.string({ maxLength: 4_096 });
const recordSchema = s.object({
  /** The compiler itself. */
  compiler: s.string({ maxLength: 100 }),
  script: path,
  inputs: s.array(s.tuple(path, s.string({ maxLength: 100 })), { max: 100_000 }),
  build: buildSchema,
});

/** Keeps what a build was made of; a folder that cannot be written has no such memory. */
export function keepLastBuild(
  { script, stateFolder }: Folders,
  build: Build,
  inputs: ReadonlySet<string>,
): void {
  if (!build.ok) return;
  const marks = [...inputs].map((file) => [file, markOf(file)]);
  const file = recordFile(stateFolder);
  try {
    writeFileSync(
      `${file}.draft`,
      JSON.stringify({ compiler: compilerMark(), script, inputs: marks, build }),
    );
    renameSync(`${file}.draft`, file);
  } catch {
    // The next start compiles again.
  }
}

/** The last build, where nothing that it was made of looks different now. */
export function lastBuild({ appFolder, script, stateFolder }: Folders): Build | undefined {
  try {
    const decoded = decodeText(
      recordSchema,
      readFileSync(recordFile(stateFolder), "utf8"),
      maxBuildChars * 4,
    );
    if (!decoded.ok) return undefined;
    const { compiler, script: builtScript, inputs, build } = decoded.value;
    if (!build.ok || builtScript !== script || compiler !== compilerMark()) return undefined;
    if (dirname(dirname(build.file)) !== join(stateFolder, "build") || markOf(build.file) === "")
      return undefined;
    const found = findPages(appFolder, script);
    const pages = found.ok ? found.pages.map((page) => page.path) : [];
    if (JSON.stringify(pages) !== JSON.stringify(build.pages.map((page) => page.path))) return undefined;
    return inputs.every(([file, mark]) => markOf(file) === mark) ? build : undefined;
  } catch {
    return undefined; // nothing was kept
  }
}

function recordFile(stateFolder: string): string {
  return join(stateFolder, "build", "last.json");
}

/** Changes when a file is saved; empty where there is none. */
function markOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}

function compilerMark(): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const newest = readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs);
  return String(Math.max(...newest));
}
