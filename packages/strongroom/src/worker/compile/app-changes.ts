import type { AnyNode, Identifier } from "acorn";
import { elsewhere, isResource, type AppModule, type AppModules, type Thing } from "./app-modules.ts";
import { isFunction, keyName, type Bindings, type FunctionNode } from "./bindings.ts";
import { baseOf, isMethodOf, isSameForAll, rootOf, settingOf, targetsOf } from "./changes.ts";
import { isWithin } from "./names-read.ts";
import { walk } from "./syntax-tree.ts";

/** Where the code stands that changes something. */
export interface ChangePlace {
  readonly module: AppModule;
  readonly node: AnyNode;
}

/** Methods that call a function while they run, and forget it. */
const passing: ReadonlySet<string> = new Set(
  "forEach map flatMap filter reduce reduceRight some every find findIndex findLast sort toSorted from fromEntries".split(
    " ",
  ),
);
const globalNames: ReadonlySet<string> = new Set(["globalThis", "global"]);

/** What modules keep for all runs and code changes while the app runs. */
export class AppChanges {
  readonly #modules: AppModules;
  readonly #things = new Map<Thing["key"], ChangePlace>();
  readonly #globals: { readonly path: readonly string[]; readonly place: ChangePlace }[] = [];
  /** Functions that change what they are given, and at which place. */
  readonly #parameters = new Map<FunctionNode, Set<number>>();

  constructor(modules: AppModules) {
    this.#modules = modules;
    for (const module of modules.all)
      walk(module.program, (node) => {
        for (const target of targetsOf(node)) this.#note({ module, node }, target);
        const setting = settingOf(node, module.bindings);
        if (setting !== undefined) this.#noteThings({ module, node }, this.#packagesOf(module, setting));
        return true;
      });
    while (this.#noteArguments());
  }

  /** Where a thing is changed while the app runs. */
  of({ module, key, values }: Thing): ChangePlace | undefined {
    const known = this.#things.get(key);
    if (known !== undefined || module.isPage) return known;
    for (const node of values) {
      const inside = ownChange(node, module, isOfValue);
      if (inside !== undefined) return inside;
      for (const maker of this.#makersOf(module, node)) {
        const owner =
          this.#modules.all.find(({ bindings }) => bindings.parent(maker) !== undefined) ?? module;
        const within = ownChange(maker, owner, isOfMade);
        if (within !== undefined) return within;
      }
    }
    return undefined;
  }

  /** Where something of the language is changed that a name reads: `globalThis.x`, `process.env.X`. */
  ofGlobal(name: Identifier, bindings: Bindings): ChangePlace | undefined {
    const read = pathOf(name, bindings);
    const isOpen = globalNames.has(name.name) || !(name.name in globalThis);
    return this.#globals.find(({ path }) =>
      path.length === 0 ? isOpen : path.every((part, at) => at >= read.length || part === read[at]),
    )?.place;
  }

  #note(place: ChangePlace, target: AnyNode): void {
    const root = rootOf(target);
    const { module } = place;
    if (root === undefined) return void this.#noteThings(place, this.#madeBy(place, baseOf(target), target));
    if (module.bindings.home(root) === undefined) {
      // `Object.assign(…)` changes what it is given.
      const parent = module.bindings.parent(root);
      const isMethod = target === root && parent?.type === "MemberExpression" && root.name in globalThis;
      if (runsLater(place) && !isMethod)
        this.#globals.push({ path: pathOf(root, module.bindings, target), place });
      return;
    }
    this.#noteRoot(place, root, { target, seen: new Set() });
  }

  /** Notes that things are changed; answers whether there was something new. */
  #noteThings(place: ChangePlace, things: readonly Thing[]): boolean {
    let isNew = false;
    for (const { key, module: home, values } of things) {
      // What a page has made is new in each run, but for what it keeps with `st.cacheResource`.
      if ((home.isPage && !values.some(isResource)) || this.#things.has(key) || !runsLater(place)) continue;
      this.#things.set(key, place);
      isNew = true;
    }
    return isNew;
  }

  /** What an expression gives a hold of: a module that is imported there and then, a resource. */
  #madeBy({ module, node }: ChangePlace, made: AnyNode, target: AnyNode): readonly Thing[] {
    const imported = this.#modules.importedBy(module, made);
    // Clients have methods to send things with; what is assigned to them stays.
    return isMethodOf(target, node) ? imported : [...imported, ...this.#modules.resourceOf(module, made)];
  }

  #packagesOf(module: AppModule, name: Identifier): readonly Thing[] {
    return this.#modules.thingsOf(module, name).filter(({ module: home }) => home === elsewhere);
  }

  #noteRoot(
    place: ChangePlace,
    root: Identifier,
    { target, seen }: { readonly target: AnyNode; readonly seen: Set<AnyNode> },
  ): boolean {
    if (seen.has(root)) return false;
    seen.add(root);
    const { module } = place;
    const isMethod = isMethodOf(target, place.node);
    // A package's function may have such a name for any reason; and what is set to a constant is nobody's.
    const leavesPackages = isMethod || isSameForAll(place.node, module.bindings);
    const things = this.#modules
      .thingsOf(module, root)
      .filter((thing) => !leavesPackages || thing.module !== elsewhere);
    let isNew = this.#noteThings(place, things);
    for (const source of module.bindings.find(root)?.sources ?? []) {
      if (source.kind === "parameter") {
        const known = this.#parameters.get(source.of) ?? new Set();
        isNew ||= !known.has(source.index);
        this.#parameters.set(source.of, known.add(source.index));
      }
      // Another name for the same thing.
      if (source.kind !== "value") continue;
      const next = rootOf(source.node);
      if (next !== undefined && this.#noteRoot(place, next, { target, seen })) isNew = true;
      // To give a name another value changes nothing of what it stood for.
      const isWhole = target === root && !isMethod && place.node.type !== "CallExpression";
      if (!isWhole && this.#noteThings(place, this.#madeBy(place, source.node, target))) isNew = true;
    }
    return isNew;
  }

  /** Notes what is given to functions that change it; answers whether there was something new. */
  #noteArguments(): boolean {
    let isNew = false;
    for (const module of this.#modules.all)
      for (const call of module.bindings.calls)
        for (const called of this.#modules.functionsOf(module, call.callee))
          for (const index of this.#parameters.get(called) ?? []) {
            const given = call.arguments[index];
            const root = given === undefined ? undefined : rootOf(given);
            if (root === undefined || given === undefined) continue;
            if (this.#noteRoot({ module, node: call }, root, { target: given, seen: new Set() }))
              isNew = true;
          }
    return isNew;
  }

  /** The functions and classes that make a value. */
  #makersOf(module: AppModule, value: AnyNode): readonly AnyNode[] {
    if (value.type === "AwaitExpression") return this.#makersOf(module, value.argument);
    if (value.type === "CallExpression") return this.#modules.functionsOf(module, value.callee);
    if (value.type !== "NewExpression" || value.callee.type !== "Identifier") return [];
    return this.#modules.thingsOf(module, value.callee).flatMap(({ values }) => values.filter(isClass));
  }
}

/** True for code that runs after its module was loaded: in a page, or in a function that is not called there and then. */
function runsLater({ module, node }: ChangePlace): boolean {
  return module.isPage || isInLastingFunction(node, module.program, module.bindings);
}

function isInLastingFunction(node: AnyNode, end: AnyNode, bindings: Bindings): boolean {
  for (let at = node; at !== end;) {
    const parent = bindings.parent(at);
    if (parent === undefined) return false;
    if (isFunction(at) && !isCalledAtOnce(at, parent)) return true;
    at = parent;
  }
  return false;
}

function isCalledAtOnce(node: FunctionNode, parent: AnyNode): boolean {
  if (parent.type !== "CallExpression") return false;
  const { callee } = parent;
  if (callee === node) return true;
  return callee.type === "MemberExpression" && passing.has(keyName(callee.property, callee.computed) ?? "");
}

/** Code that changes something: `node` does, and `root` is what it begins at. */
interface Change {
  readonly node: AnyNode;
  readonly root: AnyNode;
}

type IsOwn = (change: Change, value: AnyNode, bindings: Bindings) => boolean;

function ownChange(value: AnyNode, module: AppModule, isOwn: IsOwn): ChangePlace | undefined {
  let found: AnyNode | undefined;
  walk(value, (node) => {
    for (const target of targetsOf(node)) {
      let root = target;
      while (root.type === "MemberExpression") root = root.object;
      if (isOwn({ node, root }, value, module.bindings)) found ??= node;
    }
    return found === undefined;
  });
  return found === undefined ? undefined : { module, node: found };
}

/** `this.x = …` in a method of an object, or in a static one of a class. */
function isOfValue({ node, root }: Change, value: AnyNode, bindings: Bindings): boolean {
  if (root.type !== "ThisExpression") return false;
  if (value.type !== "ObjectExpression" && !isClass(value)) return false;
  const method = methodOf(node, bindings);
  if (method === undefined) return false;
  const parent = bindings.parent(method);
  return isClass(value)
    ? parent?.type === "MethodDefinition" && parent.static
    : parent?.type === "Property" && bindings.parent(parent) === value;
}

/** `this.x = …` in a method of the class, or a variable of the function, that made the value. */
function isOfMade({ node, root }: Change, maker: AnyNode, bindings: Bindings): boolean {
  if (root.type === "ThisExpression") return methodOf(node, bindings) !== undefined;
  if (root.type !== "Identifier") return false;
  const home = bindings.home(root);
  if (home === undefined || !isWithin(home, maker)) return false;
  // What its functions have for themselves is new at each call.
  return !isInLastingFunction(home, maker, bindings) && isInLastingFunction(node, home, bindings);
}

function isClass(node: AnyNode): boolean {
  return node.type === "ClassDeclaration" || node.type === "ClassExpression";
}

/** The method that `this` belongs to; nothing for a constructor, and for what runs with it. */
function methodOf(node: AnyNode, bindings: Bindings): AnyNode | undefined {
  for (let at: AnyNode | undefined = node; at !== undefined; at = bindings.parent(at)) {
    if (at.type === "FunctionDeclaration") return undefined;
    if (at.type !== "FunctionExpression") continue;
    const parent = bindings.parent(at);
    return parent?.type === "MethodDefinition" && parent.kind === "constructor" ? undefined : at;
  }
  return undefined;
}

/** `["process", "env", "WHO"]`, without `globalThis`, up to where a name is computed. */
function pathOf(root: Identifier, bindings: Bindings, end?: AnyNode): readonly string[] {
  const path = globalNames.has(root.name) ? [] : [root.name];
  for (let at: AnyNode = root; ;) {
    if (at === end) return path;
    const parent = bindings.parent(at);
    if (parent?.type !== "MemberExpression" || parent.object !== at) return path;
    const name = keyName(parent.property, parent.computed);
    if (name === undefined) return path;
    path.push(name);
    at = parent;
  }
}
