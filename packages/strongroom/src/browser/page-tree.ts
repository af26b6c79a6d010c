import { applyOps, flatTree, type FlatNode, type FlatTree } from "../wire/apply-patch.ts";
import type { PatchMessage, TreeMessage } from "../wire/messages.ts";
import type { Json } from "../wire/schema.ts";
import { sameJson } from "../wire/same-json.ts";

const nothing: readonly string[] = [];

/**
 * The elements of the page. While a session is restored, its first run shows them one by one: until that run has ended,
 * those that stood before keep their place, so that nobody loses what they look at or type into.
 */
export class PageTree {
  #tree: FlatTree = { nodes: new Map(), order: new Map() };
  #before: FlatTree | undefined;
  /** What is of the run that goes on, by container; nothing where all is. */
  #fresh: Readonly<Record<string, number>> = {};
  number = 0;

  node(id: string): FlatNode | undefined {
    return this.#tree.nodes.get(id) ?? this.#before?.nodes.get(id);
  }

  children(id: string): readonly string[] {
    const own = this.#tree.order.get(id) ?? nothing;
    const earlier = this.#before?.order.get(id)?.filter((child) => !this.#tree.nodes.has(child)) ?? nothing;
    return earlier.length === 0 ? own : [...own, ...earlier];
  }

  /** The ids of all elements that stand in a container, at any depth, in order. */
  *within(id: string): Generator<string> {
    for (const child of this.children(id)) {
      yield child;
      yield* this.within(child);
    }
  }

  /** The innermost container of a kind that an element stands in. */
  enclosing(id: string, kind: string): FlatNode | undefined {
    for (let node = this.node(id); node !== undefined; node = this.node(node.parent)) {
      if (node.kind === kind && node.id !== id) return node;
    }
    return undefined;
  }

  /** Takes a whole tree, of the same page or of another; elements that are as they were stay the same objects. */
  load({ tree, nodes, done, fresh = {} }: TreeMessage, isSamePage: boolean): void {
    const before: FlatTree = { nodes: new Map(this.#allNodes()), order: new Map(this.#allOrder()) };
    this.#tree = flatTree(nodes);
    for (const [id, node] of this.#tree.nodes) {
      const old = before.nodes.get(id);
      if (old !== undefined && sameNode(old, node)) this.#tree.nodes.set(id, old);
    }
    this.#before = done === undefined && isSamePage ? before : undefined;
    this.#fresh = fresh;
    this.number = tree;
  }

  /** Takes a patch; throws where it is not of this tree. Answers the ids of what changed. */
  patch({ tree, ops, done, fresh = {} }: PatchMessage): ReadonlySet<string> {
    if (tree !== this.number + (ops.length > 0 ? 1 : 0))
      throw new RangeError("A patch of the tree that is shown was expected.");
    const changed = applyOps(this.#tree, ops);
    this.#fresh = fresh;
    this.number = tree;
    if (done !== undefined) this.#before = undefined;
    return changed;
  }

  /** Sets what a widget holds, as the worker did when it took the answer. */
  setValue(id: string, value: Json): void {
    const node = this.#tree.nodes.get(id);
    if (node !== undefined) this.#tree.nodes.set(id, { ...node, value });
  }

  get isRestoring(): boolean {
    return this.#before !== undefined;
  }

  /** What the run that goes on has not reached: elements of an earlier one. */
  stale(): ReadonlySet<string> {
    const stale = new Set<string>();
    const add = (id: string): void => {
      stale.add(id);
      for (const child of this.within(id)) stale.add(child);
    };
    for (const [container, count] of Object.entries(this.#fresh))
      this.children(container).slice(count).forEach(add);
    for (const id of this.#before?.nodes.keys() ?? nothing) if (!this.#tree.nodes.has(id)) stale.add(id);
    return stale;
  }

  *#allNodes(): Generator<readonly [string, FlatNode]> {
    for (const entry of this.#before?.nodes ?? []) if (!this.#tree.nodes.has(entry[0])) yield entry;
    yield* this.#tree.nodes;
  }

  *#allOrder(): Generator<readonly [string, readonly string[]]> {
    const containers = new Set([...(this.#before?.order.keys() ?? nothing), ...this.#tree.order.keys()]);
    for (const id of containers) yield [id, this.children(id)];
  }
}

function sameNode(a: FlatNode, b: FlatNode): boolean {
  return (
    a.parent === b.parent && a.kind === b.kind && sameJson(a.value, b.value) && sameJson(a.props, b.props)
  );
}
