import type {
  AnyNode,
  ArrowFunctionExpression,
  AssignmentExpression,
  CallExpression,
  FunctionDeclaration,
  FunctionExpression,
  Identifier,
  ImportDeclaration,
  Program,
  VariableDeclaration,
} from "acorn";
import { walk } from "./syntax-tree.ts";

export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** Where a name's value comes from; `path` leads into that value, one key at a time. */
export type Source =
  | { readonly kind: "value"; readonly node: AnyNode; readonly path: readonly string[] }
  | {
      readonly kind: "parameter";
      readonly of: FunctionNode;
      readonly index: number;
      readonly path: readonly string[];
    }
  | { readonly kind: "import"; readonly from: string; readonly name: string }
  | { readonly kind: "unseen" };

/** A name of a module, with all that it may stand for. */
export interface Binding {
  readonly sources: Source[];
  /** True for a name that never gets a second value. */
  readonly isConstant: boolean;
}

type Scope = Map<string, Binding>;

const unseen: Source = { kind: "unseen" };

export function isFunction(node: AnyNode | undefined): node is FunctionNode {
  return (
    node?.type === "FunctionDeclaration" ||
    node?.type === "FunctionExpression" ||
    node?.type === "ArrowFunctionExpression"
  );
}

/** A property's name where it stands in the source. */
export function keyName(key: AnyNode, computed: boolean): string | undefined {
  if (key.type === "Literal") return String(key.value);
  return key.type === "Identifier" && !computed ? key.name : undefined;
}

/** What the names of a module stand for: scopes, values and assignments. */
export class Bindings {
  readonly #scopes = new Map<AnyNode, Scope>();
  readonly #parents = new Map<AnyNode, AnyNode>();
  readonly calls: CallExpression[] = [];
  readonly assignments: AssignmentExpression[] = [];

  constructor(program: Program) {
    this.#scopes.set(program, new Map());
    this.#read(program);
    for (const { left, right, operator } of this.assignments) {
      // `a += b` gives the name a value that is put together.
      const isWhole = operator === "=" || operator === "??=" || operator === "||=" || operator === "&&=";
      const parent = this.#parents.get(right);
      const node = isWhole ? right : parent;
      if (left.type === "Identifier" && node !== undefined)
        this.find(left)?.sources.push({ kind: "value", node, path: [] });
      else if (left.type === "ObjectPattern" || left.type === "ArrayPattern")
        for (const name of namesIn(left)) this.find(name)?.sources.push(unseen);
    }
  }

  parent(node: AnyNode): AnyNode | undefined {
    return this.#parents.get(node);
  }

  /** The binding of a name where it stands. */
  find(name: Identifier): Binding | undefined {
    const home = this.home(name);
    return home === undefined ? undefined : this.#scopes.get(home)?.get(name.name);
  }

  /** The part of the module in which a name means what it means where it stands. */
  home(name: Identifier): AnyNode | undefined {
    return this.homeFrom(name, name.name);
  }

  /** The same, of a name as it would be read in another place. */
  homeFrom(place: AnyNode, name: string): AnyNode | undefined {
    let node: AnyNode | undefined = place;
    while (node !== undefined && this.#scopes.get(node)?.has(name) !== true) node = this.#parents.get(node);
    return node;
  }

  #read(program: Program): void {
    walk(program, (node, parent) => {
      if (parent !== undefined) this.#parents.set(node, parent);
      this.#declare(node);
      return true;
    });
  }

  #declare(node: AnyNode): void {
    if (opensScope(node)) this.#scopes.set(node, this.#scopes.get(node) ?? new Map());
    if (isFunction(node)) this.#declareFunction(node);
    switch (node.type) {
      case "VariableDeclaration":
        this.#declareVariables(node);
        break;
      case "ClassDeclaration":
        if (node.id) this.#add({ scope: this.#scopeFor(node, false), isConstant: true }, node.id, unseen);
        break;
      case "CatchClause":
        if (node.param) {
          const scope = this.#scopes.get(node) ?? new Map<string, Binding>();
          this.#declarePattern(node.param, unseen, { scope, isConstant: false });
        }
        break;
      case "ImportDeclaration":
        this.#declareImport(node);
        break;
      case "CallExpression":
        this.calls.push(node);
        break;
      case "AssignmentExpression":
        this.assignments.push(node);
        break;
      default:
    }
  }

  #declareVariables(node: VariableDeclaration): void {
    const place = {
      scope: this.#scopeFor(node, node.kind === "var"),
      isConstant: node.kind !== "let" && node.kind !== "var",
    };
    const isOfLoop = /^For(Of|In)/.test(this.#parents.get(node)?.type ?? "");
    for (const { id, init } of node.declarations) {
      const none = isOfLoop ? unseen : undefined;
      this.#declarePattern(id, init ? { kind: "value", node: init, path: [] } : none, place);
    }
  }

  #declareFunction(node: FunctionNode): void {
    const own = this.#scopes.get(node) ?? new Map<string, Binding>();
    if (node.type !== "ArrowFunctionExpression" && node.id) {
      const scope = node.type === "FunctionDeclaration" ? this.#scopeFor(node, false) : own;
      this.#add({ scope, isConstant: true }, node.id, { kind: "value", node, path: [] });
    }
    for (const [index, parameter] of node.params.entries()) {
      const source: Source =
        parameter.type === "RestElement" ? unseen : { kind: "parameter", of: node, index, path: [] };
      this.#declarePattern(parameter, source, { scope: own, isConstant: false });
    }
  }

  #declareImport(node: ImportDeclaration): void {
    const { specifiers, source } = node;
    const place = { scope: this.#scopeFor(node, true), isConstant: true };
    for (const specifier of specifiers) {
      let name = "default";
      if (specifier.type === "ImportNamespaceSpecifier") name = "*";
      else if (specifier.type === "ImportSpecifier") name = keyName(specifier.imported, false) ?? "";
      const from = String(source.value);
      this.#add(place, specifier.local, { kind: "import", from, name });
    }
  }

  /** Declares the names of a pattern, each with its way into the value. */
  #declarePattern(pattern: AnyNode, source: Source | undefined, place: Place): void {
    switch (pattern.type) {
      case "Identifier":
        this.#add(place, pattern, source);
        break;
      case "AssignmentPattern":
        this.#declarePattern(pattern.left, source, place);
        this.#declarePattern(pattern.left, { kind: "value", node: pattern.right, path: [] }, place);
        break;
      case "RestElement":
        this.#declarePattern(pattern.argument, unseen, place);
        break;
      case "ObjectPattern":
        for (const property of pattern.properties) {
          if (property.type === "RestElement") this.#declarePattern(property, unseen, place);
          else
            this.#declarePattern(
              property.value,
              into(source, keyName(property.key, property.computed)),
              place,
            );
        }
        break;
      case "ArrayPattern":
        for (const [index, element] of pattern.elements.entries())
          if (element !== null) this.#declarePattern(element, into(source, String(index)), place);
        break;
      default:
    }
  }

  #add({ scope, isConstant }: Place, { name }: Identifier, source: Source | undefined): void {
    const known = scope.get(name);
    if (known === undefined) scope.set(name, { sources: source === undefined ? [] : [source], isConstant });
    else if (source !== undefined) known.sources.push(source);
  }

  #scopeFor(node: AnyNode, ofFunction: boolean): Scope {
    for (let at = this.#parents.get(node); at !== undefined; at = this.#parents.get(at)) {
      const scope = this.#scopes.get(at);
      if (scope !== undefined && (!ofFunction || isFunction(at) || at.type === "Program")) return scope;
    }
    return new Map();
  }
}

/** Where a name is declared. */
interface Place {
  readonly scope: Scope;
  readonly isConstant: boolean;
}

function opensScope(node: AnyNode): boolean {
  return (
    isFunction(node) ||
    node.type === "BlockStatement" ||
    node.type === "StaticBlock" ||
    node.type === "CatchClause" ||
    node.type === "SwitchStatement" ||
    node.type.startsWith("For")
  );
}

function into(source: Source | undefined, key: string | undefined): Source {
  if (key === undefined || source === undefined) return unseen;
  if (source.kind === "import")
    return source.name === "*" ? { kind: "import", from: source.from, name: key } : unseen;
  return source.kind === "unseen" ? unseen : { ...source, path: [...source.path, key] };
}

function namesIn(pattern: AnyNode): readonly Identifier[] {
  const names: Identifier[] = [];
  walk(pattern, (node) => {
    if (node.type === "Identifier") names.push(node);
    return true;
  });
  return names;
}
