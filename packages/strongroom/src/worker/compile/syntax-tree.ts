import { parse, type AnyNode, type Program } from "acorn";

/** Reads JavaScript; throws where it is not a module. */
export function parseModule(code: string): Program {
  return parse(code, { ecmaVersion: "latest", sourceType: "module" });
}

/** Visits a node and all below it; a visitor that answers `false` skips what is below. */
export function walk(node: AnyNode, visit: (node: AnyNode) => boolean): void {
  if (!visit(node)) return;
  for (const child of Object.values(node)) {
    if (isNode(child)) walk(child, visit);
    else if (Array.isArray(child)) for (const item of child) if (isNode(item)) walk(item, visit);
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
