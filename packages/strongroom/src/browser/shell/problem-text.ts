/** One reason why an app does not compile. */
export interface Problem {
  readonly message: string;
  /** `app.ts:12:5`; empty where it has no place. */
  readonly place: string;
  readonly line: string;
  readonly code: string;
  /** How many characters of the code stand before the fault. */
  readonly column: number;
}

const head = /^(\S.*?:\d+:\d+) (.*)$/;
const codeLine = /^\s*(\d+) \| (.*)$/;
const caretLine = /^\s+\| ?( *)\^/;

/** Takes a problem's text apart, so that message, place and code can each look like what they are. */
export function problemsIn(text: string): readonly Problem[] {
  const problems: Problem[] = [];
  for (const line of text.split("\n")) {
    const last = problems.at(-1);
    const [, row, code] = codeLine.exec(line) ?? [];
    const [, before] = caretLine.exec(line) ?? [];
    if (last !== undefined && row !== undefined && code !== undefined)
      problems[problems.length - 1] = { ...last, line: row, code };
    else if (last !== undefined && before !== undefined)
      problems[problems.length - 1] = { ...last, column: before.length };
    else if (line.trim() !== "") problems.push(problemOf(line));
  }
  return problems;
}

function problemOf(line: string): Problem {
  const [, place = "", message = line] = head.exec(line) ?? [];
  return { message, place, line: "", code: "", column: -1 };
}
