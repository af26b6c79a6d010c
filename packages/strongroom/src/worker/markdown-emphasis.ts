/** Pairs of `*`, `_` and `~`, found by the rules of CommonMark 0.31 §6.2 in time that grows with their number. */

/** Some of the same character in a row. */
export interface MarkRun {
  readonly char: string;
  /** How many there were; what is not part of a pair stays text. */
  readonly length: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
  left: number;
  /** Widths of the pairs that begin here, the innermost first. */
  readonly opens: number[];
  /** Widths of the pairs that end here, the innermost first. */
  readonly closes: number[];
}

const space = /\s/;
const punctuation = /[\p{P}\p{S}]/u;

/** Reads what a run between two characters may do (§6.2, left- and right-flanking). */
export function markRun(char: string, length: number, sides: { before: string; after: string }): MarkRun {
  const { before, after } = sides;
  const spaceBefore = before === "" || space.test(before);
  const spaceAfter = after === "" || space.test(after);
  const markBefore = punctuation.test(before);
  const markAfter = punctuation.test(after);
  const isLeft = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const isRight = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  const canOpen = char === "_" ? isLeft && (!isRight || markBefore) : isLeft;
  const canClose = char === "_" ? isRight && (!isLeft || markAfter) : isRight;
  return { char, length, canOpen, canClose, left: length, opens: [], closes: [] };
}

/** Pairs runs that stand in one bracket, or in none. */
export function pairMarks(runs: readonly MarkRun[]): void {
  const openers: MarkRun[] = [];
  /** By kind of closer: below this height of the stack no opener fits. */
  const floors = new Map<string, number>();
  for (const run of runs) {
    if (run.canClose) closeWith(run, openers, floors);
    if (run.canOpen && run.left > 0) openers.push(run);
  }
}

function closeWith(closer: MarkRun, openers: MarkRun[], floors: Map<string, number>): void {
  const kind = `${closer.char}${closer.canOpen}${closer.char === "~" ? closer.length : closer.length % 3}`;
  while (closer.left > 0) {
    const floor = floors.get(kind) ?? 0;
    let at = openers.length - 1;
    while (at >= floor && !fit(openers[at] as MarkRun, closer)) at--;
    if (at < floor) {
      floors.set(kind, openers.length);
      return;
    }
    const opener = openers[at] as MarkRun;
    const width = closer.char === "~" ? closer.left : Math.min(2, opener.left, closer.left);
    opener.opens.push(width);
    closer.closes.push(width);
    opener.left -= width;
    closer.left -= width;
    openers.length = opener.left === 0 ? at : at + 1;
    for (const [other, height] of floors) if (height > openers.length) floors.set(other, openers.length);
  }
}

/** "Multiple of 3" is rule 9 and 10 of §6.2: it tells `*a**b*` from `**a*b**`. */
function fit(opener: MarkRun, closer: MarkRun): boolean {
  if (opener.char !== closer.char) return false;
  if (opener.char === "~") return opener.length === closer.length && opener.left === opener.length;
  const isBoth = opener.canClose || closer.canOpen;
  return (
    !isBoth ||
    (opener.length + closer.length) % 3 !== 0 ||
    (opener.length % 3 === 0 && closer.length % 3 === 0)
  );
}
