import type { Outcome } from "./session.ts";

/** One line of the table: what was attacked, how often, and what got through. */
export interface Line {
  readonly what: string;
  tried: number;
  readonly through: string[];
}

/** Counts attempts by what they were made at. */
export class Tally {
  readonly #lines = new Map<string, Line>();

  /** What was tried, how, and whether it was kept out. */
  note(what: string, how: string, isKeptOut: boolean): void {
    const line = this.#lines.get(what) ?? { what, tried: 0, through: [] };
    this.#lines.set(what, line);
    line.tried++;
    if (!isKeptOut) line.through.push(how);
  }

  /** The same of something forged: no answer is no refusal. */
  noteOutcome(what: string, how: string, outcome: Outcome): void {
    const more = outcome === "unanswered" ? " (no answer came)" : "";
    this.note(what, `${how}${more}`, outcome === "refused" || outcome === "closed");
  }

  get lines(): readonly Line[] {
    return [...this.#lines.values()];
  }
}

/** The table as people read it. */
export function tallyText(lines: readonly Line[], url: string): string {
  const width = Math.max(4, ...lines.map(({ what }) => Math.min(what.length, 60)));
  const rows = lines.map(
    ({ what, tried, through }) =>
      `${shorter(what).padEnd(width)}  ${String(tried).padStart(5)}  ${String(through.length).padStart(11)}`,
  );
  const tried = lines.reduce((sum, line) => sum + line.tried, 0);
  const through = lines.flatMap((line) => line.through.map((how) => `${shorter(line.what)}: ${how}`));
  const end =
    through.length === 0
      ? `Nothing got through: ${tried} attempts at ${url}`
      : `${through.length} of ${tried} attempts at ${url} got through:\n${through.map((one) => `  ${one}`).join("\n")}`;
  return `${"what".padEnd(width)}  tried  got through\n${rows.join("\n")}\n\n${end}`;
}

function shorter(what: string): string {
  return what.length > 60 ? `${what.slice(0, 59)}…` : what;
}
