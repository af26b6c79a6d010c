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

export function isWithin(inner: AnyNode, outer: AnyNode): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
