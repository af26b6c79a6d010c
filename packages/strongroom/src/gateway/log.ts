import pino, { destination, type Logger } from "pino";

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

/** Writes JSON lines to the standard error, each before the next step is taken: a crash loses none. */
export function createLog(
  level: LogLevel,
  out: { write(line: string): void } = destination({ fd: 2, sync: true }),
): Logger {
  const paths = secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);
  return pino({ level, base: null, redact: { paths, censor: "(redacted)" } }, out);
}
