import type { AnyNode, CallExpression } from "acorn";
import { keyName, type Bindings, type Source } from "./bindings.ts";
import { argumentsFor, functionsOf, membersOf, returnsOf, valuesAt } from "./written-values.ts";

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
