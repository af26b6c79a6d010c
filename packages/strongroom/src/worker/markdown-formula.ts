import type { Formula } from "../wire/rich-text.ts";
import { mathsOf } from "./maths.ts";

/** How many characters of TeX a document may still have: reading them takes longer than reading text. */
export interface TexBudget {
  tex: number;
}

/** What a formula takes to read besides its length, in characters. */
const formulaCost = 40;

/** A formula, as long as there may be more of them. */
export function formulaOf(source: string, isDisplay: boolean, budget: TexBudget): Formula {
  const tex = source.trim();
  budget.tex -= tex.length + formulaCost;
  const tree = budget.tex < 0 ? undefined : mathsOf(tex, isDisplay);
  return { t: "math", tex, tree: tree ?? "" };
}

/**
 * The formula that begins at a dollar, `$x$` or `$$x$$`, and where it ends; without one, the end of the dollars. A price
 * is none: no space inside the marks, no digit behind them, no other dollar between.
 */
export function formulaAt(
  text: string,
  start: number,
  budget: TexBudget,
): { readonly formula: Formula | undefined; readonly end: number } {
  const open = endOfDollars(text, start);
  const width = open - start;
  const close = nextDollars(text, open);
  const end = close === undefined ? open : endOfDollars(text, close);
  if (close === undefined || end - close !== width || !isFormula(text, { open, close, width }))
    return { formula: undefined, end: open };
  const formula = formulaOf(text.slice(open, close), false, budget);
  // What looked like one and cannot be read was meant as text.
  return width === 1 && formula.tree === "" ? { formula: undefined, end: open } : { formula, end };
}

interface Marks {
  readonly open: number;
  readonly close: number;
  readonly width: number;
}

function isFormula(text: string, { open, close, width }: Marks): boolean {
  if (width === 2) return true;
  const [first = " ", last = " ", after = " "] = [text[open], text[close - 1], text[close + 1]];
  return width === 1 && !/\s/.test(first) && !/[\s([{]/.test(last) && !/\d/.test(after);
}

function endOfDollars(text: string, start: number): number {
  let end = start;
  while (text[end] === "$") end++;
  return end;
}

/** The next dollars that are not escaped. */
function nextDollars(text: string, from: number): number | undefined {
  let at = text.indexOf("$", from);
  while (at > 0 && text[at - 1] === "\\") at = text.indexOf("$", at + 1);
  return at < 0 ? undefined : at;
}
