import { readFileSync } from "node:fs";

const place = /^\s+at (?:.*?\()?(?:file:\/\/)?(\/[^()]*?):(\d+):\d+\)?$/m;
const numbered = /\b([A-Za-z_$][\w$]*?)[2-9]\d*\b/g;

/**
 * What an error says, with names as their author wrote them: where several files hold one of the same name, the bundler
 * numbers it, and the language would say `st2.nope is not a function`. `stack` begins with the author's frames.
 */
export function asWritten(error: Error, stack: string): string {
  const message = String(error.message);
  const isOfLanguage = error instanceof TypeError || error instanceof ReferenceError;
  if (!isOfLanguage || message.search(numbered) === -1) return message;
  const [, file, row] = place.exec(stack) ?? [];
  const words = new Set(lineOf(file, Number(row)).match(/[\w$]+/g));
  return message.replace(numbered, (whole, name: string) =>
    !words.has(whole) && words.has(name) ? name : whole,
  );
}

function lineOf(file: string | undefined, row: number): string {
  try {
    return file === undefined ? "" : (readFileSync(file, "utf8").split("\n")[row - 1] ?? "");
  } catch {
    return ""; // then the names stay as the language says them
  }
}
