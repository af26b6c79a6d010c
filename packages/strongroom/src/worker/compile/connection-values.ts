import type { AnyNode, CallExpression, Identifier, Program } from "acorn";
import { keyName, type Bindings, type Source } from "./bindings.ts";
import { argumentsFor, functionsOf, membersOf, returnsOf, valuesAt } from "./written-values.ts";

/** Where a connection comes from: `st.connection` in this module, or a name of another module. */
export type Origin =
  | { readonly kind: "here" }
  | { readonly kind: "import"; readonly from: string; readonly name: string; readonly isCalled: boolean };

const here: Origin = { kind: "here" };

/** Follows values back to `st.connection(…)`. */
export class ConnectionValues {
  readonly #bindings: Bindings;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** Where the connections come from that an expression may stand for; none where it is something else. */
  originsOf(node: AnyNode, seen = new Set<AnyNode>()): readonly Origin[] {
    if (seen.has(node)) return [];
    seen.add(node);
    const all = (nodes: readonly AnyNode[]): readonly Origin[] =>
      nodes.flatMap((one) => this.originsOf(one, seen));
    switch (node.type) {
      case "Identifier":
        return this.#ofName(node, seen);
      case "AwaitExpression":
        return this.originsOf(node.argument, seen);
      case "ChainExpression":
        return this.originsOf(node.expression, seen);
      case "ConditionalExpression":
        return all([node.consequent, node.alternate]);
      case "LogicalExpression":
        return all([node.left, node.right]);
      case "AssignmentExpression":
        return this.originsOf(node.right, seen);
      case "SequenceExpression":
        return all(node.expressions.slice(-1));
      case "MemberExpression":
        return [...this.#ofImported(node), ...all(membersOf(node, this.#bindings))];
      case "CallExpression":
        return this.#ofCall(node, seen);
      default:
        return [];
    }
  }

  /** What a module's exports are: connections, or functions that answer one. */
  exports(program: Program): ReadonlyMap<string, readonly Origin[]> {
    const found = new Map<string, readonly Origin[]>();
    const add = (name: string, node: AnyNode): void => {
      found.set(name, this.originsOf(node));
      found.set(`${name}()`, this.#ofReturns(node, new Set()));
    };
    for (const node of program.body) {
      if (node.type === "ExportDefaultDeclaration") add("default", node.declaration);
      if (node.type !== "ExportNamedDeclaration") continue;
      for (const { local, exported } of node.specifiers) {
        const name = keyName(exported, false) ?? "";
        if (!node.source) add(name, local);
        else addPassedOn(found, name, { from: String(node.source.value), name: keyName(local, false) ?? "" });
      }
      if (node.declaration?.type === "VariableDeclaration")
        for (const { id } of node.declaration.declarations) if (id.type === "Identifier") add(id.name, id);
      if (node.declaration?.type === "FunctionDeclaration") add(node.declaration.id.name, node.declaration);
    }
    return found;
  }

  #ofName(node: Identifier, seen: Set<AnyNode>): readonly Origin[] {
    const sources = this.#bindings.find(node)?.sources ?? [];
    return sources.flatMap((source): readonly Origin[] => {
      switch (source.kind) {
        case "value":
          return valuesAt(source.node, source.path, this.#bindings).flatMap((value) =>
            this.originsOf(value, seen),
          );
        case "parameter":
          return this.#ofParameter(source, seen);
        case "import":
          return [{ kind: "import", from: source.from, name: source.name, isCalled: false }];
        default:
          return [];
      }
    });
  }

  /** A parameter is what calls in this module give for it, or the transaction that a connection begins. */
  #ofParameter(source: Extract<Source, { kind: "parameter" }>, seen: Set<AnyNode>): readonly Origin[] {
    const given = argumentsFor(source, this.#bindings).flatMap((node) => this.originsOf(node, seen));
    if (source.index !== 0 || source.path.length > 0) return given;
    const begun = this.#bindings.calls.flatMap(({ callee, arguments: [work] }): readonly Origin[] => {
      const isTransaction =
        callee.type === "MemberExpression" && keyName(callee.property, callee.computed) === "transaction";
      if (!isTransaction || work === undefined) return [];
      return functionsOf(work, this.#bindings).includes(source.of) ? this.originsOf(callee.object, seen) : [];
    });
    return [...given, ...begun];
  }

  /** `data.db` where `data` is all that another module exports. */
  #ofImported(node: AnyNode): readonly Extract<Origin, { kind: "import" }>[] {
    if (node.type !== "MemberExpression" || node.object.type !== "Identifier") return [];
    const name = keyName(node.property, node.computed);
    const sources = this.#bindings.find(node.object)?.sources ?? [];
    return sources.flatMap((source) =>
      source.kind === "import" && source.name === "*" && name !== undefined
        ? [{ kind: "import", from: source.from, name, isCalled: false }]
        : [],
    );
  }

  #ofCall({ callee }: CallExpression, seen: Set<AnyNode>): readonly Origin[] {
    if (this.#isStConnection(callee)) return [here];
    return this.#ofReturns(callee, seen);
  }

  #ofReturns(callee: AnyNode, seen: Set<AnyNode>): readonly Origin[] {
    const returned = functionsOf(callee, this.#bindings)
      .flatMap(returnsOf)
      .flatMap((node) => this.originsOf(node, seen));
    return [...returned, ...this.#importedBy(callee).map((origin) => ({ ...origin, isCalled: true }))];
  }

  /** The names of other modules that an expression is, without a look at what they hold. */
  #importedBy(node: AnyNode): readonly Extract<Origin, { kind: "import" }>[] {
    if (node.type === "MemberExpression") return this.#ofImported(node);
    if (node.type !== "Identifier") return [];
    return (this.#bindings.find(node)?.sources ?? []).flatMap((source) =>
      source.kind === "import"
        ? [{ kind: "import", from: source.from, name: source.name, isCalled: false }]
        : [],
    );
  }

  #isStConnection(node: AnyNode): boolean {
    if (node.type === "MemberExpression")
      return keyName(node.property, node.computed) === "connection" && this.#isSt(node.object);
    if (node.type !== "Identifier") return false;
    const sources = this.#bindings.find(node)?.sources ?? [];
    return sources.some((source) => {
      if (source.kind !== "value") return false;
      const [key, ...rest] = source.path;
      if (key === undefined) return source.node !== node && this.#isStConnection(source.node);
      return key === "connection" && rest.length === 0 && this.#isSt(source.node);
    });
  }

  #isSt(node: AnyNode): boolean {
    if (node.type === "MemberExpression") return this.#ofImported(node).some(isSt);
    if (node.type !== "Identifier") return false;
    const sources = this.#bindings.find(node)?.sources ?? [];
    return sources.some((source) => source.kind === "import" && isSt(source));
  }
}

function isSt(origin: Origin | Source): boolean {
  return origin.kind === "import" && origin.from === "strongroom" && origin.name === "st";
}

function addPassedOn(
  found: Map<string, readonly Origin[]>,
  as: string,
  { from, name }: { from: string; name: string },
): void {
  found.set(as, [{ kind: "import", from, name, isCalled: false }]);
  found.set(`${as}()`, [{ kind: "import", from, name, isCalled: true }]);
}
