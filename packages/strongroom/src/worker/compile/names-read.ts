import type { AnyNode, Identifier } from "acorn";
import type { Bindings } from "./bindings.ts";
import { walk } from "./syntax-tree.ts";

/** Names that are read in a piece of code: not those of properties. */
export function namesReadIn(node: AnyNode, bindings: Bindings): readonly Identifier[] {
  const names: Identifier[] = [];
  walk(node, (inner) => {
    if (inner.type === "Identifier" && !isPropertyName(inner, bindings.parent(inner))) names.push(inner);
    return true;
  });
  return names;
}

function isPropertyName(name: Identifier, parent: AnyNode | undefined): boolean {
  switch (parent?.type) {
    case "MemberExpression":
      return parent.property === name && !parent.computed;
    case "Property":
      return parent.key === name && !parent.computed && parent.value !== name;
    case "MethodDefinition":
    case "PropertyDefinition":
      return parent.key === name && !parent.computed;
    default:
      return false;
  }
}

/** `this`, `super` or `arguments` that belong to a function round a piece of code. */
export function outerThisIn(node: AnyNode, bindings: Bindings): AnyNode | undefined {
  let found: AnyNode | undefined;
  walk(node, (inner) => {
    const isArguments =
      inner.type === "Identifier" &&
      inner.name === "arguments" &&
      !isPropertyName(inner, bindings.parent(inner)) &&
      bindings.home(inner) === undefined;
    if (isArguments || inner.type === "ThisExpression" || inner.type === "Super") found ??= inner;
    return !hasOwnThis.has(inner.type);
  });
  return found;
}

const hasOwnThis: ReadonlySet<string> = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ClassDeclaration",
  "ClassExpression",
]);

export function isWithin(inner: AnyNode, outer: AnyNode): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
