import { parse, type AnyNode, type Program } from "acorn";

/** Reads JavaScript; throws where it is not a module. */
export function parseModule(code: string): Program {
  return parse(code, { ecmaVersion: "latest", sourceType: "module" });
}

/** Told of a node and of the one it stands in. */
export type Visit = (node: AnyNode, parent: AnyNode | undefined) => boolean;

/** Visits a node and all below it; a visitor that answers `false` skips what is below. */
export function walk(node: AnyNode, visit: Visit, parent?: AnyNode): void {
  if (!visit(node, parent)) return;
  for (const child of Object.values(node)) {
    if (isNode(child)) walk(child, visit, node);
    else if (Array.isArray(child)) for (const item of child) if (isNode(item)) walk(item, visit, node);
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
