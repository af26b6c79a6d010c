import type { AnyNode, CallExpression } from "acorn";
import { isFunction, keyName, type Bindings, type FunctionNode, type Source } from "./bindings.ts";

/**
 * `constant` text stands in the source; `built` text is put together from values, at `at`; of text that is `unseen`
 * nothing is known.
 */
export type TextKind =
  | { readonly kind: "constant" }
  | { readonly kind: "built"; readonly at: AnyNode }
  | { readonly kind: "unseen" };

const constant: TextKind = { kind: "constant" };
const unseen: TextKind = { kind: "unseen" };

/** Methods of text that put other text into it. */
const joining: ReadonlySet<string> = new Set(["concat", "replace", "replaceAll", "padStart", "padEnd"]);
/** Methods that give a text in another form. */
const reshaping: ReadonlySet<string> = new Set(
  "trim trimStart trimEnd toLowerCase toUpperCase normalize slice substring toString".split(" "),
);
const formatting: ReadonlySet<string> = new Set(["format", "sprintf", "vsprintf", "printf"]);

/** What one question has found so far. */
type Seen = Map<AnyNode, TextKind>;

/** Follows text to where it is made. */
export class BuiltText {
  readonly #bindings: Bindings;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  kindOf(node: AnyNode, seen: Seen = new Map()): TextKind {
    const known = seen.get(node);
    if (known !== undefined) return known;
    seen.set(node, constant); // round a loop: the way into it decides
    const kind = this.#kindOf(node, seen);
    seen.set(node, kind);
    return kind;
  }

  #kindOf(node: AnyNode, seen: Seen): TextKind {
    switch (node.type) {
      case "Literal":
        return constant;
      case "TemplateLiteral":
        return this.#together(node, node.expressions, seen);
      case "TaggedTemplateExpression":
        return this.#together(node, node.quasi.expressions, seen);
      case "BinaryExpression":
        return node.operator === "+" ? this.#together(node, [node.left, node.right], seen) : unseen;
      case "ConditionalExpression":
        return this.#oneOf([node.consequent, node.alternate], seen);
      case "LogicalExpression":
        return this.#oneOf([node.left, node.right], seen);
      case "AssignmentExpression":
        return node.operator === "+="
          ? this.#together(node, [node.left, node.right], seen)
          : this.kindOf(node.right, seen);
      case "SequenceExpression":
        return this.#oneOf(node.expressions.slice(-1), seen);
      case "AwaitExpression":
        return this.kindOf(node.argument, seen);
      case "ChainExpression":
        return this.kindOf(node.expression, seen);
      case "Identifier":
        return this.#kindOfSources(this.#bindings.find(node)?.sources ?? [], seen);
      case "MemberExpression":
        return onlyBuilt(this.#oneOf(membersOf(node, this.#bindings), seen));
      case "CallExpression":
        return this.#kindOfCall(node, seen);
      default:
        return unseen;
    }
  }

  /** Text of several pieces: constant where all of them are. */
  #together(whole: AnyNode, pieces: readonly AnyNode[], seen: Seen): TextKind {
    const kinds = pieces.map((piece) => this.kindOf(piece, seen));
    const built = kinds.find(({ kind }) => kind === "built");
    if (built !== undefined) return built;
    return kinds.every(({ kind }) => kind === "constant") ? constant : { kind: "built", at: whole };
  }

  #oneOf(nodes: readonly AnyNode[], seen: Seen): TextKind {
    return worst(nodes.map((node) => this.kindOf(node, seen)));
  }

  #kindOfSources(sources: readonly Source[], seen: Seen): TextKind {
    return worst(
      sources.map((source) => {
        if (source.kind === "parameter") {
          // Others may call it, too: what is given here can only accuse.
          const given = argumentsFor(source, this.#bindings);
          return onlyBuilt(this.#oneOf(given, seen));
        }
        if (source.kind !== "value") return unseen;
        if (source.path.length === 0) return this.kindOf(source.node, seen);
        return onlyBuilt(this.#oneOf(valuesAt(source.node, source.path, this.#bindings), seen));
      }),
    );
  }

  #kindOfCall(node: CallExpression, seen: Seen): TextKind {
    const { callee, arguments: given } = node;
    const name = callee.type === "MemberExpression" ? keyName(callee.property, callee.computed) : undefined;
    if (formatting.has(callee.type === "Identifier" ? callee.name : (name ?? "")))
      return this.#together(node, given, seen);
    if (callee.type === "Identifier" && callee.name === "String") return this.#oneOf(given, seen);
    if (callee.type !== "MemberExpression" || name === undefined) return this.#kindOfReturns(node, seen);
    const isOfList = name === "join" && callee.object.type !== "Super";
    if (isOfList) return this.#kindOfJoin(node, callee.object, seen);
    if (name === "raw" && isNamed(callee.object, "String")) return { kind: "built", at: node };
    if (reshaping.has(name)) return this.kindOf(callee.object, seen);
    if (!joining.has(name)) return this.#kindOfReturns(node, seen);
    const inside = this.#together(node, given, seen);
    return inside.kind === "built" ? inside : this.kindOf(callee.object, seen);
  }

  #kindOfJoin(node: CallExpression, list: AnyNode, seen: Seen): TextKind {
    if (list.type === "Identifier" && isNamed(list, "path")) return unseen; // path.join
    if (list.type !== "ArrayExpression") return { kind: "built", at: node };
    const items = list.elements.filter((item) => item !== null);
    return this.#together(node, [...items, ...node.arguments], seen);
  }

  /** What a function of this module answers. */
  #kindOfReturns({ callee }: CallExpression, seen: Seen): TextKind {
    const functions = functionsOf(callee, this.#bindings);
    return onlyBuilt(this.#oneOf(functions.flatMap(returnsOf), seen));
  }
}

function worst(kinds: readonly TextKind[]): TextKind {
  const built = kinds.find(({ kind }) => kind === "built");
  if (built !== undefined) return built;
  return kinds.length > 0 && kinds.every(({ kind }) => kind === "constant") ? constant : unseen;
}

/** Where the value may be another than the one that is seen, no text counts as constant. */
function onlyBuilt(kind: TextKind): TextKind {
  return kind.kind === "built" ? kind : unseen;
}

function isNamed(node: AnyNode, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

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
export function functionsOf(node: AnyNode, bindings: Bindings, depth = 0): readonly FunctionNode[] {
  if (depth > 8) return [];
  if (isFunction(node)) return [node];
  if (node.type === "CallExpression" && isKeeper(node.callee)) {
    const [kept] = node.arguments;
    return kept === undefined ? [] : functionsOf(kept, bindings, depth + 1);
  }
  if (node.type === "Identifier") {
    const sources = bindings.find(node)?.sources ?? [];
    return sources.flatMap((source) =>
      source.kind === "value"
        ? valuesAt(source.node, source.path, bindings).flatMap((value) =>
            functionsOf(value, bindings, depth + 1),
          )
        : [],
    );
  }
  if (node.type === "MemberExpression")
    return membersOf(node, bindings).flatMap((member) => functionsOf(member, bindings, depth + 1));
  return [];
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
  if (node.type !== "MemberExpression") return [];
  const key = fieldName(node.property, node.computed);
  if (key === undefined) return [];
  if (node.object.type === "ThisExpression") return fieldsOf(node, key, bindings);
  return valuesAt(node.object, [key], bindings);
}

/** The values that stand at the end of a way into a value. */
export function valuesAt(
  node: AnyNode,
  path: readonly string[],
  bindings: Bindings,
  depth = 0,
): readonly AnyNode[] {
  const [key, ...rest] = path;
  if (key === undefined) return [node];
  if (depth > 8) return [];
  const deeper = (value: AnyNode, way: readonly string[]): readonly AnyNode[] =>
    valuesAt(value, way, bindings, depth + 1);
  if (node.type === "Identifier") {
    const sources = bindings.find(node)?.sources ?? [];
    return sources.flatMap((source) =>
      source.kind === "value" ? deeper(source.node, [...source.path, ...path]) : [],
    );
  }
  if (node.type === "ArrayExpression") {
    const item = node.elements[Number(key)];
    return item ? deeper(item, rest) : [];
  }
  if (node.type === "AwaitExpression") return deeper(node.argument, path);
  if (node.type === "MemberExpression")
    return membersOf(node, bindings).flatMap((value) => deeper(value, path));
  if (node.type !== "ObjectExpression") return [];
  return node.properties.flatMap((property) =>
    property.type === "Property" && keyName(property.key, property.computed) === key
      ? deeper(property.value, rest)
      : [],
  );
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
