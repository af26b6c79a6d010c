import { readFileSync } from "node:fs";
import { createHmac, randomBytes } from "node:crypto";
import { exceptionSpec, uncaughtId } from "../elements/exception/exception.schema.ts";
import type { Run } from "./run.ts";
import type { WorkerOptions } from "./services.ts";
import { asWritten } from "./as-written.ts";
import { thrownText, withoutOurs, type Thrown } from "./thrown.ts";
import type { TreeNode } from "./tree.ts";

/** One place in the author's code. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly name: string;
}

const framePattern = /^\s+at (?:async )?(?:(.*?) \()?(?:file:\/\/)?(\/[^()]*?):(\d+):(\d+)\)?$/;

/** The frames of a stack that stand in the author's files. */
export function authorFrames(stack: string, appFolder: string): readonly Frame[] {
  const frames: Frame[] = [];
  for (const line of stack.split("\n")) {
    const match = framePattern.exec(line);
    if (match === null) continue;
    const [, name = "", file = "", row = "0", column = "0"] = match;
    if (!file.startsWith(`${appFolder}/`) || file.includes("/node_modules/")) continue;
    const pageBody = name === "" || name.startsWith("Object.") || name === "run";
    frames.push({
      file: file.slice(appFolder.length + 1),
      line: Number(row),
      column: Number(column),
      name: pageBody ? "" : name,
    });
  }
  return frames;
}

/** The lines round a place, or nothing when the file cannot be read. */
export function sourceAround(frame: Frame | undefined, appFolder: string): readonly string[] {
  if (frame === undefined) return [];
  try {
    const lines = readFileSync(`${appFolder}/${frame.file}`, "utf8").split("\n");
    return lines.slice(Math.max(0, frame.line - 3), frame.line + 2);
  } catch {
    // The picture of the code is a courtesy: without it the message and the line still stand.
    return [];
  }
}

/** Makes ids that say nothing of the error. */
const idKey = randomBytes(32);

/**
 * An id that a viewer can tell and an operator can find in the log: the same in both, and the same when the same error
 * comes again.
 */
export function incidentOf(error: unknown): string {
  // The way to where it was thrown may be another each time.
  const [at = ""] = error instanceof Error ? (/^ +at .*/m.exec(error.stack ?? "") ?? []) : [];
  const { name, message } = error instanceof Error ? error : thrownText(error);
  const what = `${name}: ${message}\n${at}`;
  return createHmac("sha256", idKey).update(what).digest("hex").slice(0, 10);
}

/** Shows an error that the script did not catch at the end of the page. */
export function showError(run: Run, error: unknown, options: WorkerOptions): void {
  run.canvas.add(run.canvas.main, {
    id: uncaughtId,
    kind: exceptionSpec.kind,
    props: errorProps(error, options, run.thrown),
    value: null,
    asking: undefined,
    isNamed: true,
    isContainer: false,
  });
  run.dirty = true;
}

/** The way to where an error was thrown; of a value that is none, where the run threw it, if it did. */
export function stackOf(error: unknown, thrown: Thrown | undefined): string | undefined {
  if (error instanceof Error) return error.stack;
  return thrown !== undefined && Object.is(thrown.value, error) ? thrown.stack : undefined;
}

const noPlace =
  "Where it was thrown is not known. Throw an Error instead, which says its place: `throw new Error(…)`.";

/** What a page shows of an error, by `client.showErrorDetails`: all of it to authors, an incident id to viewers. */
export function errorProps(error: unknown, options: WorkerOptions, thrown?: Thrown): TreeNode["props"] {
  const incident = incidentOf(error);
  const { appFolder, showErrorDetails: details } = options;
  const { name, message } = error instanceof Error ? error : thrownText(error);
  const shown = {
    name: String(name).slice(0, 200),
    message: "",
    incident,
    frames: [],
    source: [],
    firstLine: 0,
  };
  if (details === "none") return { ...shown, name: "" };
  if (details === "type") return shown;
  const stack = stackOf(error, thrown);
  const frames = authorFrames(stack ?? "", appFolder)
    .slice(0, 20)
    .map(({ file, line, column, name }) => ({ file, line, column, name }));
  if (details === "stacktrace") return { ...shown, frames };
  const said = error instanceof Error ? asWritten(error, withoutOurs(stack ?? "")) : message;
  const text = stack === undefined ? `${said}\n\n${noPlace}`.trimStart() : said;
  return {
    ...shown,
    message: String(text).slice(0, 10_000),
    frames,
    source: sourceAround(frames[0], appFolder).map((line) => line.slice(0, 500)),
    firstLine: Math.max(1, (frames[0]?.line ?? 1) - 2),
  };
}
