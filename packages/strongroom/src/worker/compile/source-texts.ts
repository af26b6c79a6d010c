import type { AnyNode, Program } from "acorn";
import { digest } from "./module-versions.ts";
import { walk } from "./syntax-tree.ts";

/** How statements begin. */
const beginning =
  /["'`]\s*(?:select|with|insert|update|delete|replace|merge|call|values|explain|show|describe|from|create|alter|drop)\b/i;
/** Fewer words are no statement. */
const several = /\S\s+\S/;

/** True for a file that may hold the text of a query: a cheap look before it is parsed. */
export function mayHoldStatements(text: string): boolean {
  return beginning.test(text);
}

/** Hashes of the texts that stand in a module, whole or in pieces that are added up there. */
export function sourceTexts(program: Program): readonly string[] {
  const names = new Set<string>();
  walk(program, (node) => {
    const text = textOf(node);
    if (text === undefined) return true;
    if (several.test(text)) names.add(digest(text));
    return false;
  });
  return [...names];
}

function textOf(node: AnyNode): string | undefined {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? node.value : undefined;
    case "TemplateLiteral":
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
    case "BinaryExpression": {
      if (node.operator !== "+") return undefined;
      const [left, right] = [textOf(node.left), textOf(node.right)];
      return left === undefined || right === undefined ? undefined : left + right;
    }
    default:
      return undefined;
  }
}
