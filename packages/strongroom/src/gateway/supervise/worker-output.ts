import type { Logger } from "pino";
import { Allowance } from "./allowance.ts";
import type { Child } from "./child.ts";
import type { LogEntry } from "./heard.ts";
import { readLines } from "./lines.ts";
import { interruptLine } from "./stack-place.ts";

const limits = { maxChars: 8_000, perSecond: 50, burst: 500 };
const keptErrors = 20;
const maxStackLines = 400;

interface Interrupted {
  readonly lines: string[];
  hasBegun: boolean;
  readonly done: () => void;
}

/** What a worker writes: the author's own lines, its last words, and its stack when it is interrupted. */
export class WorkerOutput {
  readonly #log: Logger;
  readonly lastErrors: string[] = [];
  /** The engine itself said so as it gave up. */
  ranOutOfMemory = false;
  #interrupted: Interrupted | undefined;
  readonly #reports = new Allowance({ perSecond: 20, burst: 200 });

  constructor(child: Child, log: Logger) {
    this.#log = log;
    const leftOut = (count: number): void =>
      log.warn({ count }, "lines of the app's output were left out: too many");
    readLines(child.output, limits, { line: (line) => log.info({ source: "app" }, line), leftOut });
    readLines(child.errors, limits, {
      seen: (line) => this.#seen(line),
      line: (line) => {
        if (this.#interrupted === undefined) log.warn({ source: "app" }, line);
      },
      leftOut,
    });
    child.errors.once("close", () => this.#interrupted?.done());
  }

  /** An error that the worker itself reports. */
  log({ level, incident, text }: LogEntry): void {
    if (!this.#reports.take()) return;
    const leftOut = this.#reports.tooMany();
    this.#log[level]({ incident, ...(leftOut === 0 ? {} : { leftOut }) }, text);
  }

  /** Interrupts a process, and answers the stack that it then writes, as far as it comes in time. */
  interrupt(pid: number, withinMs: number): Promise<readonly string[]> {
    const stack = this.#nextStack(withinMs);
    try {
      process.kill(pid, "SIGINT");
    } catch {
      this.#interrupted?.done(); // it has ended by itself
    }
    return stack;
  }

  #nextStack(withinMs: number): Promise<readonly string[]> {
    return new Promise((resolve) => {
      const lines: string[] = [];
      const done = (): void => {
        clearTimeout(timer);
        resolve(lines);
      };
      const timer = setTimeout(done, withinMs);
      this.#interrupted = { lines, hasBegun: false, done };
    });
  }

  #seen(line: string): void {
    this.lastErrors.push(line);
    if (this.lastErrors.length > keptErrors) this.lastErrors.shift();
    if (/^FATAL ERROR: .*heap out of memory/.test(line)) this.ranOutOfMemory = true;
    const stack = this.#interrupted;
    if (stack === undefined) return;
    if (line === interruptLine) stack.hasBegun = true;
    else if (stack.hasBegun && (line === "" || stack.lines.length >= maxStackLines)) stack.done();
    else if (stack.hasBegun) stack.lines.push(line);
  }
}
