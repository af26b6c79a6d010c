import type { AnyNode, Identifier } from "acorn";
import { AppChanges, type ChangePlace } from "./app-changes.ts";
import { elsewhere, type AppModule, type AppModules, type Thing } from "./app-modules.ts";
import { isFunction } from "./bindings.ts";
import { placedCalls } from "./cache-places.ts";
import { targetsOf } from "./changes.ts";
import { isWithin, namesReadIn } from "./names-read.ts";
import { walk } from "./syntax-tree.ts";

/** A cached function that reads what all runs share and code changes: `name`, by way of what stands at `at`. */
export interface SharedRead {
  readonly module: AppModule;
  readonly at: AnyNode;
  readonly name: string;
  /** The module that the name belongs to; nothing for what belongs to the language, and for a package. */
  readonly home: AppModule | undefined;
  readonly changed: ChangePlace;
}

interface Code {
  readonly module: AppModule;
  readonly node: AnyNode;
}

/** One way through a cached function, into all modules. */
interface Walk {
  readonly found: SharedRead[];
  readonly seen: Set<AnyNode>;
  readonly module: AppModule;
}

/**
 * Finds what cached functions read that is no part of their key: state that modules keep for all runs. A name of a module
 * that nothing changes once it is loaded is the same for all; any other may hold what one viewer put there.
 */
export class SharedState {
  readonly #modules: AppModules;
  readonly #changes: AppChanges;

  constructor(modules: AppModules) {
    this.#modules = modules;
    this.#changes = new AppChanges(modules);
  }

  reads(): readonly SharedRead[] {
    return this.#modules.all.flatMap((module) =>
      placedCalls(module.program).flatMap(({ node }) => {
        const way: Walk = { found: [], seen: new Set(), module };
        const [compute] = node.arguments;
        if (compute !== undefined) this.#look({ module, node: compute }, way, undefined);
        return way.found.slice(0, 1);
      }),
    );
  }

  /** `entry` is the name in the cached function by which the way began. */
  #look({ module, node }: Code, way: Walk, entry: AnyNode | undefined): void {
    if (way.seen.has(node)) return;
    way.seen.add(node);
    const { bindings } = module;
    for (const name of namesReadIn(node, bindings)) {
      const at = entry ?? name;
      const home = bindings.home(name);
      if (isOnlyWritten(name, module)) continue;
      if (home === undefined) {
        const changed = this.#changes.ofGlobal(name, bindings);
        if (changed !== undefined)
          way.found.push({ module: way.module, at, name: name.name, home: undefined, changed });
      } else if (home !== module.program) {
        // A name of a function: what it stands for came with a call, or stands in the code that is looked at.
        if (!isWithin(home, node)) this.#lookInto({ module, values: localCode(name, module) }, way, at);
      } else for (const thing of this.#modules.thingsOf(module, name)) this.#lookAt(thing, way, at);
    }
    walk(node, (inner) => {
      for (const thing of this.#modules.importedBy(module, inner)) this.#lookAt(thing, way, entry ?? inner);
      return inner.type !== "ImportExpression";
    });
  }

  #lookAt(thing: Thing, way: Walk, at: AnyNode): void {
    const changed = this.#changes.of(thing);
    if (changed !== undefined) {
      const home = thing.module === elsewhere ? undefined : thing.module;
      way.found.push({ module: way.module, at, name: thing.name, home, changed });
      return;
    }
    this.#lookInto(thing, way, at);
  }

  #lookInto({ module, values }: Pick<Thing, "module" | "values">, way: Walk, at: AnyNode): void {
    // What a page has made is part of the key; only what its functions read is not.
    for (const node of values) if (!module.isPage || isCode(node)) this.#look({ module, node }, way, at);
  }
}

function localCode(name: Identifier, { bindings }: AppModule): readonly AnyNode[] {
  const sources = bindings.find(name)?.sources ?? [];
  return sources.flatMap((source) => (source.kind === "value" && isCode(source.node) ? [source.node] : []));
}

function isCode(node: AnyNode): boolean {
  return isFunction(node) || node.type === "ClassDeclaration" || node.type === "ClassExpression";
}

/** True for `log` of `log.push(line);`: nothing of it gets into a value. */
function isOnlyWritten(name: Identifier, { bindings }: AppModule): boolean {
  let target: AnyNode = name;
  for (let at: AnyNode | undefined = name; at !== undefined; at = bindings.parent(at)) {
    const change = bindings.parent(at);
    if (change?.type === "MemberExpression" && change.object === at) {
      target = change;
      continue;
    }
    if (
      change?.type !== "AssignmentExpression" &&
      change?.type !== "UpdateExpression" &&
      change?.type !== "CallExpression"
    )
      return false;
    // A method is called on what stands before its name.
    const isChanged =
      change.type === "CallExpression"
        ? target === change.callee && targetsOf(change).length > 0
        : targetsOf(change).includes(target);
    return isChanged && bindings.parent(change)?.type === "ExpressionStatement";
  }
  return false;
}
