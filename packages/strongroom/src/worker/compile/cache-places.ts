import type { AnyNode, CallExpression, Program } from "acorn";
import { keyName } from "./bindings.ts";
import type { Captured } from "./cache-captures.ts";
import type { Insertion } from "./source-map.ts";
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

/** Where a module takes `st.cacheData` or `st.cacheResource` in another way than to call it there: nothing is known of such. */
export function unplacedUses(program: Program, calls: readonly PlacedCall[]): readonly AnyNode[] {
  const known = new Set<AnyNode>(calls.map(({ node }) => node.callee));
  const found: AnyNode[] = [];
  walk(program, (node, parent) => {
    const key = node.type === "MemberExpression" ? keyName(node.property, node.computed) : undefined;
    const isClear =
      parent?.type === "MemberExpression" && keyName(parent.property, parent.computed) === "clear";
    if (named.has(key ?? "") && !known.has(node) && !isClear) found.push(node);
    if (node.type === "ObjectPattern")
      for (const property of node.properties)
        if (property.type === "Property" && named.has(keyName(property.key, property.computed) ?? ""))
          found.push(property);
    return true;
  });
  return found;
}

/** What is written into a call: its place as the third argument, after as many as are missing, and what it captures. */
export function placeInsertions(
  { end, node, arguments: given }: PlacedCall,
  place: string,
  captured: readonly Captured[],
): readonly Insertion[] {
  const text = `${given === 1 ? ", undefined" : ""}, ${JSON.stringify(place)}`;
  const [compute] = node.arguments;
  if (captured.length === 0 || compute === undefined) return [{ offset: end, text }];
  const thunks = captured.map(
    ({ name, isGiven, isSeen }) => `[${JSON.stringify(name)}, () => ${name}, ${isGiven}, ${isSeen}]`,
  );
  const names = captured.filter(({ isGiven }) => isGiven).map(({ name }) => name);
  const around =
    names.length === 0
      ? []
      : [
          { offset: compute.start, text: `(${names.join(", ")}) => (` },
          { offset: compute.end, text: ")" },
        ];
  // Of two in one place the later comes to stand before the other.
  return [{ offset: end, text: `${text}, [${thunks.join(", ")}]` }, ...around];
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
