import type { AnyNode, Identifier } from "acorn";
import { keyName } from "./bindings.ts";

/** Methods that change what they are called on. */
const changing: ReadonlySet<string> = new Set(
  "push pop shift unshift splice sort reverse fill copyWithin set add delete clear assign defineProperty append".split(
    " ",
  ),
);

/** What a piece of code changes. */
export function targetsOf(node: AnyNode): readonly AnyNode[] {
  if (node.type === "AssignmentExpression") return partsOf(node.left);
  if (node.type === "ForOfStatement" || node.type === "ForInStatement")
    return node.left.type === "VariableDeclaration" ? [] : partsOf(node.left);
  if (node.type === "UpdateExpression") return [node.argument];
  if (node.type === "UnaryExpression") return node.operator === "delete" ? [node.argument] : [];
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return [];
  const { object, property, computed } = node.callee;
  if (!changing.has(keyName(property, computed) ?? "")) return [];
  return [object, ...node.arguments.slice(0, 1)];
}

/** The names and members that a pattern gives values to. */
export function partsOf(pattern: AnyNode | null): readonly AnyNode[] {
  switch (pattern?.type) {
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        partsOf(property.type === "Property" ? property.value : property.argument),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap(partsOf);
    case "AssignmentPattern":
      return partsOf(pattern.left);
    case "RestElement":
      return partsOf(pattern.argument);
    default:
      return pattern ? [pattern] : [];
  }
}

/** `list` of `list.rows[0].name`. */
export function rootOf(node: AnyNode): Identifier | undefined {
  let at = node;
  while (at.type === "MemberExpression") at = at.object;
  return at.type === "Identifier" ? at : undefined;
}
