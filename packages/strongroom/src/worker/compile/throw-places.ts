import type { Program } from "acorn";
import { throwingName } from "../../wire/compiler-frames.ts";
import type { Insertion } from "./source-map.ts";
import { walk } from "./syntax-tree.ts";

const mayThrowValues = /\bthrow\b(?!\s+new\b)/;

/** True for text that may throw something else than an Error: a cheap look before the text is parsed. */
export function mayThrowOthers(text: string): boolean {
  return mayThrowValues.test(text);
}

/** What goes round the values that are thrown, so that those that are no Error have a place, too. */
export function throwInsertions(program: Program): readonly Insertion[] {
  const insertions: Insertion[] = [];
  walk(program, (node) => {
    if (node.type === "ThrowStatement" && node.argument.type !== "NewExpression") {
      const { start, end } = node.argument;
      // Twice in brackets: `throw a, b` throws b.
      insertions.push({ offset: start, text: `${throwingName}((` }, { offset: end, text: "))" });
    }
    return true;
  });
  return insertions;
}
