import type { AnyNode, Declaration, Identifier, Program } from "acorn";
import { Bindings, isFunction, keyName, type Binding, type FunctionNode } from "./bindings.ts";
import { partsOf } from "./changes.ts";
import { parseModule } from "./syntax-tree.ts";

/** One of the author's modules, its types taken out. */
export interface AppModule {
  readonly file: string;
  /** A page's names are made anew in each run. */
  readonly isPage: boolean;
  readonly program: Program;
  readonly bindings: Bindings;
}

/** Something that a module makes once and others can reach: a name, or what it exports without one. */
export interface Thing {
  readonly module: AppModule;
  /** The same for the same thing, however it is reached. */
  readonly key: Binding | AnyNode;
  readonly name: string;
  /** All that it may stand for. */
  readonly values: readonly AnyNode[];
}

/** The modules of an app, and where their names lead. */
export class AppModules {
  readonly all: readonly AppModule[];
  readonly #byFile: ReadonlyMap<string, AppModule>;
  /** The file that each import of a file leads to: `importer`, a zero, what it asks for. */
  readonly #imported: ReadonlyMap<string, string>;
  readonly #classes = new Map<Binding, AnyNode>();
  /** Packages, each as one thing: what is in it is not looked at. */
  readonly #packages = new Map<string, Thing>();

  constructor(modules: readonly AppModule[], imported: ReadonlyMap<string, string>) {
    this.all = modules;
    this.#byFile = new Map(modules.map((module) => [module.file, module]));
    this.#imported = imported;
    for (const { program, bindings } of modules)
      for (const statement of program.body) {
        const node = "declaration" in statement ? statement.declaration : statement;
        if (node?.type !== "ClassDeclaration" || !node.id) continue;
        const binding = bindings.find(node.id);
        if (binding !== undefined) this.#classes.set(binding, node);
      }
  }

  /** What a name stands for that is read in a module; nothing for names of functions and of the language. */
  thingsOf(module: AppModule, name: Identifier): readonly Thing[] {
    const { bindings, program } = module;
    const binding = bindings.find(name);
    if (binding === undefined || bindings.home(name) !== program) return [];
    const imports = binding.sources.filter((source) => source.kind === "import");
    if (imports.length === 0) return [this.#thing(module, binding, name.name)];
    return imports.flatMap(({ from, name: exported }) => {
      return this.#from(
        { module, from: from },
        exported === "*" ? memberOf(name, bindings) : exported,
        new Set(),
      );
    });
  }

  /** All that a module imported on the way exports, awaited or not; nothing for any other expression. */
  importedBy(module: AppModule, node: AnyNode): readonly Thing[] {
    const asked = node.type === "AwaitExpression" ? node.argument : node;
    if (asked.type !== "ImportExpression" || asked.source.type !== "Literal") return [];
    return this.#from({ module, from: asked.source.value }, undefined, new Set());
  }

  /** The resource that `await client()` gives, where `client` is made with `st.cacheResource`; nothing for any other. */
  resourceOf(module: AppModule, node: AnyNode): readonly Thing[] {
    const called = node.type === "AwaitExpression" ? node.argument : node;
    if (called.type !== "CallExpression" || called.callee.type !== "Identifier") return [];
    return this.thingsOf(module, called.callee).filter(({ values }) => values.some(isResource));
  }

  /** The functions that a called expression may be, where they are known. */
  functionsOf(module: AppModule, callee: AnyNode): readonly FunctionNode[] {
    if (isFunction(callee)) return [callee];
    const root = callee.type === "MemberExpression" ? callee.object : callee;
    if (root.type !== "Identifier") return [];
    const local = module.bindings.find(root)?.sources ?? [];
    const own = local.flatMap((source) => (source.kind === "value" ? [source.node] : []));
    const others = this.thingsOf(module, root).flatMap(({ values }) => values);
    return [...new Set([...own, ...others])].filter((node) => isFunction(node));
  }

  #thing(module: AppModule, binding: Binding, name: string): Thing {
    const values = binding.sources.flatMap((source) => (source.kind === "value" ? [source.node] : []));
    const ofClass = this.#classes.get(binding);
    return { module, key: binding, name, values: ofClass === undefined ? values : [ofClass] };
  }

  /** What a module exports under a name; all that it exports without one. */
  #exported(module: AppModule, name: string | undefined, seen: Set<string>): readonly Thing[] {
    const at = `${module.file}\0${name ?? "*"}`;
    if (seen.has(at)) return [];
    seen.add(at);
    return module.program.body.flatMap((node): readonly Thing[] => {
      switch (node.type) {
        case "ExportDefaultDeclaration":
          return name === "default" || name === undefined ? this.#default(module, node.declaration) : [];
        case "ExportAllDeclaration":
          return this.#from({ module, from: node.source.value }, name, seen);
        case "ExportNamedDeclaration":
          return [
            ...declaredIn(node.declaration)
              .filter((id) => name === undefined || id.name === name)
              .flatMap((id) => this.thingsOf(module, id)),
            ...node.specifiers.flatMap(({ exported, local }) => {
              if (name !== undefined && keyName(exported, false) !== name) return [];
              if (node.source)
                return this.#from({ module, from: node.source.value }, keyName(local, false), seen);
              return local.type === "Identifier" ? this.thingsOf(module, local) : [];
            }),
          ];
        default:
          return [];
      }
    });
  }

  #from({ module, from }: Import, name: string | undefined, seen: Set<string>): readonly Thing[] {
    const target = this.#byFile.get(this.#imported.get(`${module.file}\0${String(from)}`) ?? "");
    return target === undefined ? this.#package(String(from)) : this.#exported(target, name, seen);
  }

  /** What is imported and none of the author's modules. Ours is not the author's to change. */
  #package(from: string): readonly Thing[] {
    if (/^strongroom(?:\/|$)/.test(from)) return [];
    const known = this.#packages.get(from) ?? {
      module: elsewhere,
      key: parseModule(""),
      name: from,
      values: [],
    };
    this.#packages.set(from, known);
    return [known];
  }

  #default(module: AppModule, node: AnyNode): readonly Thing[] {
    if (node.type === "Identifier") return this.thingsOf(module, node);
    const id = isFunction(node) && node.type !== "ArrowFunctionExpression" ? node.id : undefined;
    const binding = id ? module.bindings.find(id) : undefined;
    return [{ module, key: binding ?? node, name: id?.name ?? "default", values: [node] }];
  }
}

interface Import {
  readonly module: AppModule;
  /** What the import asks for, as it stands there. */
  readonly from: unknown;
}

const nothing = parseModule("");
/** Where packages are. */
export const elsewhere: AppModule = {
  file: "",
  isPage: false,
  program: nothing,
  bindings: new Bindings(nothing),
};

/** `st.cacheResource(…)` */
export function isResource(node: AnyNode): boolean {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    keyName(node.callee.property, node.callee.computed) === "cacheResource"
  );
}

/** The names that an exported declaration declares. */
function declaredIn(node: Declaration | null | undefined): readonly Identifier[] {
  if (node?.type !== "VariableDeclaration") return node ? [node.id] : [];
  return node.declarations.flatMap(({ id }) => partsOf(id).filter((part) => part.type === "Identifier"));
}

/** `box` of `data.box`, where `data` is a whole module. */
function memberOf(name: Identifier, bindings: Bindings): string | undefined {
  const parent = bindings.parent(name);
  if (parent?.type !== "MemberExpression" || parent.object !== name) return undefined;
  return keyName(parent.property, parent.computed);
}
