import type { AnyNode, CallExpression, Identifier, MemberExpression, Program } from "acorn";
import { isFunction, keyName, type Bindings, type Source } from "./bindings.ts";
import { isWithin, namesReadIn } from "./names-read.ts";
import { walk } from "./syntax-tree.ts";

/** A name that a cached function takes from around it, where it is another in each run or call. */
export interface Captured {
  readonly at: Identifier;
  readonly message: string;
}

/** Of these members of `st` every viewer gets the same. */
const sameForAll: ReadonlySet<string> = new Set(["cacheData", "cacheResource", "connection", "secrets"]);

/**
 * Names by which something that differs between viewers or calls would get into a value that is kept for all: they are
 * no arguments, so the key of the value does not know them. What cannot be seen, a helper of another module that reads
 * the viewer, is let through.
 */
export class CacheCaptures {
  readonly #program: Program;
  readonly #bindings: Bindings;
  readonly #isPage: boolean;

  constructor(program: Program, bindings: Bindings, isPage: boolean) {
    this.#program = program;
    this.#bindings = bindings;
    this.#isPage = isPage;
  }

  /** What the function of a call takes from around it and must not. */
  of(call: CallExpression): readonly Captured[] {
    const [compute, options] = call.arguments;
    // The author says what names the value.
    if (compute === undefined || hasKey(options)) return [];
    const found: Captured[] = [];
    const seen = new Set<AnyNode>();
    const look = (node: AnyNode): void => {
      if (seen.has(node)) return;
      seen.add(node);
      for (const name of namesReadIn(node, this.#bindings)) {
        const home = this.#bindings.home(name);
        if (home === undefined || isWithin(home, node)) continue;
        const why = this.#whyNot(name, home, call);
        if (why !== undefined) found.push({ at: name, message: why });
        // What its function calls is called inside of it as well.
        else
          for (const source of this.#bindings.find(name)?.sources ?? [])
            if (source.kind === "value" && isFunction(source.node)) look(source.node);
      }
    };
    look(compute);
    return found;
  }

  #whyNot(name: Identifier, home: AnyNode, call: CallExpression): string | undefined {
    const isOfModule = home === this.#program;
    if (isOfModule && !this.#isPage) return undefined;
    const sources = this.#bindings.find(name)?.sources ?? [];
    const isOfCall = home.type.startsWith("For") || sources.some(({ kind }) => kind === "parameter");
    if (isOfCall && isWithin(call, home)) {
      return (
        `\`${name.name}\` is another each time, and all share this one cached function: one would get what was made for ` +
        `another. Pass it as an argument, which names the value.`
      );
    }
    if (!sources.some((source) => this.#isOfViewer(source, new Set()))) return undefined;
    return (
      `\`${name.name}\` is one viewer's, and this cached function keeps its value for all who call it with the same ` +
      `arguments. Pass it as an argument, which names the value; what changes the page stands after the call.`
    );
  }

  /** True for a value in which something of the viewer's stands, as far as it can be seen. */
  #isOfViewer(source: Source, seen: Set<AnyNode>): boolean {
    if (source.kind === "parameter") return true;
    return source.kind === "value" && !isFunction(source.node) && this.#holdsViewer(source.node, seen);
  }

  /** True where code that runs once for each viewer reads what is theirs. */
  #holdsViewer(node: AnyNode, seen: Set<AnyNode>): boolean {
    if (seen.has(node)) return false;
    seen.add(node);
    let holds = false;
    walk(node, (inner) => {
      holds ||= inner.type === "MemberExpression" && this.#isOfViewerIn(inner);
      // What stands in a cached function is looked at there, and refused while it runs.
      return !holds && !this.#isCachedCall(inner);
    });
    if (holds) return true;
    if (this.#isCachedCall(node)) return false;
    return namesReadIn(node, this.#bindings).some((name) => {
      const home = this.#bindings.home(name);
      if (home === undefined || isWithin(home, node)) return false;
      return (this.#bindings.find(name)?.sources ?? []).some((source) => {
        if (source.kind === "parameter") return true;
        // A function that is called here runs here, whatever it reads.
        return source.kind === "value" && this.#holdsViewer(source.node, seen);
      });
    });
  }

  #isCachedCall(node: AnyNode): boolean {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
    const member = this.#memberOfSt(node.callee);
    return member === "cacheData" || member === "cacheResource";
  }

  #isOfViewerIn(node: MemberExpression): boolean {
    const member = this.#memberOfSt(node);
    return member !== undefined && !sameForAll.has(member);
  }

  /** The name of a member of `st`, empty where it is computed; nothing for a member of something else. */
  #memberOfSt({ object, property, computed }: MemberExpression): string | undefined {
    if (object.type !== "Identifier") return undefined;
    const sources = this.#bindings.find(object)?.sources ?? [];
    const isSt = sources.some(
      (source) => source.kind === "import" && source.from === "strongroom" && source.name === "st",
    );
    return isSt ? (keyName(property, computed) ?? "") : undefined;
  }
}

function hasKey(options: AnyNode | undefined): boolean {
  return (
    options?.type === "ObjectExpression" &&
    options.properties.some(
      (property) => property.type === "Property" && keyName(property.key, property.computed) === "key",
    )
  );
}
