import { createRequire } from "node:module";
import type * as Pino from "pino";
import type { Logger } from "pino";

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** Names under which a secret could be logged by mistake, at any place that our lines have. */
const secretNames = [
  "authorization",
  "cookie",
  "key",
  "password",
  "secret",
  "session",
  "set-cookie",
  "ticket",
  "token",
];

interface Out {
  write(line: string): void;
}

/** Writes JSON lines to the standard error, each before the next step is taken: a crash loses none. */
export function createLog(level: LogLevel, out?: Out): Logger {
  let log: Logger | undefined;
  const made = (): Logger => (log ??= makeLog(level, out));
  // The logger is large, and most starts have nothing to say: it is loaded with the first line, or by `loadLog`.
  return new Proxy({} as Logger, {
    get(_, name) {
      const value: unknown = Reflect.get(made(), name);
      return typeof value === "function" ? value.bind(made()) : value;
    },
  });
}

/** Loads a log that has had nothing to say, while nobody waits: with the first line, of a worker that fell, all would wait. */
export function loadLog(log: Logger): void {
  void log.level;
}

function makeLog(level: LogLevel, out: Out | undefined): Logger {
  // Its own door, with its own types.
  const { pino, destination } = createRequire(import.meta.url)("pino") as typeof Pino;
  const paths = secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);
  const settings = { level, base: null, redact: { paths, censor: "(redacted)" } };
  return pino(settings, out ?? destination({ fd: 2, sync: true }));
}
