/** What expressions stand for, as far as it is written down in their module. */
import type { AnyNode, MemberExpression } from "acorn";
import { isFunction, keyName, type Bindings, type FunctionNode, type Source } from "./bindings.ts";

/** What is given for a parameter wherever this module calls the function by its name. */
export function argumentsFor(
  { of, index, path }: Extract<Source, { kind: "parameter" }>,
  bindings: Bindings,
): readonly AnyNode[] {
  return bindings.calls
    .filter(({ callee }) => functionsOf(callee, bindings).includes(of))
    .flatMap(({ arguments: given }) => {
      const node = given[index];
      return node === undefined || given.some(({ type }) => type === "SpreadElement")
        ? []
        : valuesAt(node, path, bindings);
    });
}

/** The functions of this module that an expression may stand for. */
export function functionsOf(node: AnyNode, bindings: Bindings): readonly FunctionNode[] {
  const found = new Set<FunctionNode>();
  const seen = new Set<AnyNode>();
  const look = (at: AnyNode): void => {
    if (seen.has(at)) return;
    seen.add(at);
    if (isFunction(at)) found.add(at);
    else for (const next of standsFor(at, bindings)) look(next);
  };
  look(node);
  return [...found];
}

function standsFor(node: AnyNode, bindings: Bindings): readonly AnyNode[] {
  switch (node.type) {
    case "CallExpression":
      return isKeeper(node.callee) ? node.arguments.slice(0, 1) : [];
    case "Identifier":
      return (bindings.find(node)?.sources ?? []).flatMap((source) =>
        source.kind === "value" ? valuesAt(source.node, source.path, bindings) : [],
      );
    case "MemberExpression":
      return membersOf(node, bindings);
    default:
      return [];
  }
}

/** `st.cacheData(f)` answers what `f` answers. */
function isKeeper(callee: AnyNode): boolean {
  if (callee.type !== "MemberExpression") return false;
  const name = keyName(callee.property, callee.computed);
  return name === "cacheData" || name === "cacheResource";
}

/** The expressions that a function answers, those of functions inside of it left out. */
export function returnsOf(node: FunctionNode): readonly AnyNode[] {
  if (node.body.type !== "BlockStatement") return [node.body];
  const found: AnyNode[] = [];
  const look = (statement: AnyNode): void => {
    if (isFunction(statement)) return;
    if (statement.type === "ReturnStatement") {
      if (statement.argument) found.push(statement.argument);
      return;
    }
    for (const child of Object.values(statement) as unknown[])
      for (const item of Array.isArray(child) ? (child as unknown[]) : [child])
        if (typeof item === "object" && item !== null && "type" in item) look(item as AnyNode);
  };
  look(node.body);
  return found;
}

/** The values of a member where its object is written down in this module. */
export function membersOf(node: AnyNode, bindings: Bindings): readonly AnyNode[] {
  return node.type === "MemberExpression" ? new Search(bindings).belowMember(node, []) : [];
}

/** The values that stand at the end of a way into a value. */
export function valuesAt(node: AnyNode, path: readonly string[], bindings: Bindings): readonly AnyNode[] {
  return new Search(bindings).valuesAt(node, path);
}

/** No way into a value is longer: `node = node.next` would make one without end. */
const maxPath = 6;

/** One search, which goes along each way once: names may lead back to themselves. */
class Search {
  readonly #bindings: Bindings;
  readonly #seen = new Map<AnyNode, Set<string>>();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  belowMember(node: MemberExpression, path: readonly string[]): readonly AnyNode[] {
    const key = fieldName(node.property, node.computed);
    if (key === undefined) return [];
    if (node.object.type === "ThisExpression")
      return fieldsOf(node, key, this.#bindings).flatMap((value) => this.valuesAt(value, path));
    return this.valuesAt(node.object, [key, ...path]);
  }

  valuesAt(node: AnyNode, path: readonly string[]): readonly AnyNode[] {
    const [key, ...rest] = path;
    if (key === undefined) return [node];
    if (path.length > maxPath || this.#wasAt(node, path)) return [];
    switch (node.type) {
      case "Identifier":
        return (this.#bindings.find(node)?.sources ?? []).flatMap((source) =>
          source.kind === "value" ? this.valuesAt(source.node, [...source.path, ...path]) : [],
        );
      case "ArrayExpression": {
        const item = node.elements[Number(key)];
        return item ? this.valuesAt(item, rest) : [];
      }
      case "AwaitExpression":
        return this.valuesAt(node.argument, path);
      case "MemberExpression":
        return this.belowMember(node, path);
      case "ObjectExpression":
        return node.properties.flatMap((property) =>
          property.type === "Property" && keyName(property.key, property.computed) === key
            ? this.valuesAt(property.value, rest)
            : [],
        );
      default:
        return [];
    }
  }

  #wasAt(node: AnyNode, path: readonly string[]): boolean {
    const ways = this.#seen.get(node) ?? new Set();
    const way = path.join("\0");
    const isKnown = ways.has(way);
    this.#seen.set(node, ways.add(way));
    return isKnown;
  }
}

/** What a class gives to a field of its own. */
function fieldsOf(node: AnyNode, key: string, bindings: Bindings): readonly AnyNode[] {
  let body: AnyNode | undefined = node;
  while (body !== undefined && body.type !== "ClassBody") body = bindings.parent(body);
  if (body?.type !== "ClassBody") return [];
  const fields = body.body.flatMap((member) =>
    member.type === "PropertyDefinition" && member.value && fieldName(member.key, member.computed) === key
      ? [member.value]
      : [],
  );
  const { start, end } = body;
  const set = bindings.assignments.filter(
    ({ left }) =>
      left.type === "MemberExpression" &&
      left.object.type === "ThisExpression" &&
      left.start >= start &&
      left.end <= end &&
      fieldName(left.property, left.computed) === key,
  );
  return [...fields, ...set.map(({ right }) => right)];
}

function fieldName(key: AnyNode, computed: boolean): string | undefined {
  return key.type === "PrivateIdentifier" ? `#${key.name}` : keyName(key, computed);
}
