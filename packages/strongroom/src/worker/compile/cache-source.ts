import { hash } from "node:crypto";
import type { AnyNode, CallExpression, Identifier, Program } from "acorn";
import type { Binding, Bindings } from "./bindings.ts";
import { rootOf, targetsOf } from "./changes.ts";
import { isWithin, namesReadIn } from "./names-read.ts";
import { walk } from "./syntax-tree.ts";

/** A piece of code that changes what a name stands for, or a part of it. */
interface Change {
  readonly name: Identifier;
  readonly node: AnyNode;
}

/**
 * What decides about the results of cached functions, as far as it stands in their own module: their own text, that of
 * the names they read, of the names those read, and of what changes them. Where that cannot be seen it is the whole text.
 */
export class CacheSources {
  readonly #code: string;
  readonly #bindings: Bindings;
  readonly #changes: readonly Change[];

  constructor(program: Program, bindings: Bindings, code: string) {
    this.#code = code;
    this.#bindings = bindings;
    this.#changes = changesIn(program);
  }

  /** A hash of all that decides. */
  of(call: CallExpression): string {
    const nodes = new Set<AnyNode>();
    const names = new Set<Binding>();
    let isSeen = true;
    const look = (node: AnyNode): void => {
      if (nodes.has(node)) return;
      nodes.add(node);
      for (const name of namesReadIn(node, this.#bindings)) {
        const home = this.#bindings.home(name);
        const binding = this.#bindings.find(name);
        if (home === undefined || binding === undefined || isWithin(home, node) || names.has(binding))
          continue;
        names.add(binding);
        for (const source of binding.sources) {
          if (source.kind === "value") look(source.node);
          else if (source.kind === "unseen") isSeen = false;
        }
      }
    };
    look(call);
    for (let before = 0; before < nodes.size;) {
      before = nodes.size;
      for (const { name, node } of this.#changes) {
        const binding = this.#bindings.find(name);
        if (binding !== undefined && names.has(binding)) look(node);
      }
    }
    return digest(isSeen ? this.#textOf(nodes) : this.#code);
  }

  #textOf(nodes: ReadonlySet<AnyNode>): string {
    const places = [...nodes].sort((a, b) => a.start - b.start || a.end - b.end);
    return JSON.stringify(places.map(({ start, end }) => this.#code.slice(start, end)));
  }
}

function changesIn(program: Program): readonly Change[] {
  const changes: Change[] = [];
  walk(program, (node) => {
    for (const target of targetsOf(node)) {
      const name = rootOf(target);
      if (name !== undefined) changes.push({ name, node });
    }
    return true;
  });
  return changes;
}

function digest(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 22);
}
