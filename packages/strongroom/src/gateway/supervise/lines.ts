import type { Readable } from "node:stream";
import { Allowance, type Rate } from "./allowance.ts";

/** How much of a child's output is read. */
export interface LineLimits extends Rate {
  readonly maxChars: number;
  /** The clock, in ms. Default: the process's own. */
  readonly now?: () => number;
}

export interface LineListener {
  /** Each line as it comes, also those that are too many to be logged. */
  readonly seen?: (line: string) => void;
  readonly line: (line: string) => void;
  /** So many lines were left out since the last one that was not. */
  readonly leftOut: (count: number) => void;
}

/** Cuts a child's output into lines, and leaves out what is too much: a child can neither fill the log nor our memory. */
export function readLines(stream: Readable, limits: LineLimits, listener: LineListener): void {
  const allowance = new Allowance(limits, limits.now);
  let rest = "";
  const reportLeftOut = (): void => {
    const count = allowance.tooMany();
    if (count > 0) listener.leftOut(count);
  };
  const say = (text: string): void => {
    const line = text.slice(0, limits.maxChars);
    listener.seen?.(line);
    if (!allowance.take()) return;
    reportLeftOut();
    listener.line(line);
  };
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > limits.maxChars) {
      lines.push(rest);
      rest = "";
    }
    for (const line of lines) say(line);
  });
  stream.on("end", () => {
    if (rest !== "") say(rest);
    reportLeftOut();
  });
  stream.on("error", () => {}); // the process is gone: its exit is told elsewhere
}
