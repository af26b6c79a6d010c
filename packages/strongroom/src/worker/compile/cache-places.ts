import type { AnyNode, CallExpression, Program } from "acorn";
import { walk } from "./syntax-tree.ts";

/** A call that needs to know where it stands. */
export interface PlacedCall {
  /** Where the call begins. */
  readonly start: number;
  /** Where its arguments end: before the closing bracket. */
  readonly end: number;
  readonly arguments: number;
  readonly node: CallExpression;
}

const named: ReadonlySet<string> = new Set(["cacheData", "cacheResource"]);

/** True for text that may hold such calls: a cheap look before the text is parsed. */
export function mayHoldPlacedCalls(text: string): boolean {
  return text.includes("cacheData") || text.includes("cacheResource");
}

/** The calls of `st.cacheData` and `st.cacheResource`. */
export function placedCalls(program: Program): readonly PlacedCall[] {
  const names = localNames(program);
  if (names.size === 0) return [];
  const calls: PlacedCall[] = [];
  walk(program, (node) => {
    if (node.type === "CallExpression" && isPlaced(node, names)) {
      calls.push({ start: node.start, end: node.end - 1, arguments: node.arguments.length, node });
    }
    return true;
  });
  return calls;
}

/** What the place is written as: the third argument, after as many as are missing. */
export function placeArgument(call: PlacedCall, place: string): string {
  return `${call.arguments === 1 ? ", undefined" : ""}, ${JSON.stringify(place)}`;
}

function isPlaced({ callee, arguments: given }: CallExpression, names: ReadonlySet<string>): boolean {
  return (
    callee.type === "MemberExpression" &&
    !callee.computed &&
    callee.object.type === "Identifier" &&
    names.has(callee.object.name) &&
    callee.property.type === "Identifier" &&
    named.has(callee.property.name) &&
    (given.length === 1 || given.length === 2) &&
    given.every(({ type }) => type !== "SpreadElement")
  );
}

/** The names under which the module knows `st`. */
function localNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of program.body) {
    if (node.type !== "ImportDeclaration" || node.source.value !== "strongroom") continue;
    for (const specifier of node.specifiers) {
      if (specifier.type === "ImportSpecifier" && nameOf(specifier.imported) === "st")
        names.add(specifier.local.name);
    }
  }
  return names;
}

function nameOf(node: AnyNode): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "Literal" ? String(node.value) : "";
}
