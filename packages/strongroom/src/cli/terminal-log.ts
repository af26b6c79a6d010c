import { writeSync } from "node:fs";
import type { Logger } from "pino";
import type { Config } from "../config/options.ts";
import { createLog } from "../gateway/log.ts";
import type { Mask } from "../secrets/mask.ts";

const standardError = 2;
/** What every entry has, or what is printed in a way of its own. */
const known: ReadonlySet<string> = new Set(["level", "time", "msg", "err", "text"]);
const levels: Readonly<Record<number, string>> = {
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
  60: "fatal",
};

/** Log entries go to the error stream: as text for authors, as JSON for machines; secrets are hidden in both. */
export function startLog(config: Config["log"], mask: Mask, isForAuthors: boolean): Logger {
  const isText = config.format === "text" || (config.format === "auto" && isForAuthors);
  return createLog(config.level, { write: (line) => writeAll(written(mask.json(line.trimEnd()), isText)) });
}

function written(line: string, isText: boolean): string {
  return inert(isText ? asText(line) : `${line}\n`);
}

/** What moves a terminal's cursor or turns the direction of reading; a viewer's name may hold it. */
const lively = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

function inert(text: string): string {
  return text.replaceAll(lively, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function writeAll(text: string): void {
  try {
    writeSync(standardError, text);
  } catch {
    // The terminal is gone, or its pipe is full and does not wait: the server goes on without this line.
  }
}

/** `12:03:04 warn  what happened key=value`, and a stack on lines of its own. */
function asText(line: string): string {
  const entry = JSON.parse(line) as Record<string, unknown>; // the logger's own line
  const time = new Date(Number(entry["time"])).toTimeString().slice(0, 8);
  // What the app itself prints is told by whose it is, not by how serious.
  const level = entry["source"] === "app" ? "app" : (levels[Number(entry["level"])] ?? "");
  const details = Object.entries(entry)
    .filter(([name, value]) => !known.has(name) && !(name === "source" && value === "app"))
    .map(
      ([name, value]) => ` ${name}=${typeof value === "string" ? indented(value) : JSON.stringify(value)}`,
    );
  return `${time} ${level.padEnd(5)} ${indented(textOf(entry["msg"]))}${details.join("")}\n${stackOf(entry)}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A line of it cannot pass for an entry of its own. */
function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

function stackOf({ err, text }: Record<string, unknown>): string {
  const stack = typeof err === "object" && err !== null && "stack" in err ? textOf(err.stack) : textOf(text);
  return stack === "" ? "" : `${stack.replaceAll(/^/gm, "  ")}\n`;
}
