/** The page as the browser and the gateway keep it, and how patches change it: one reading of patches for both. */
import type { PatchOp, WireNode } from "./messages.ts";
import type { Json } from "./schema.ts";

export interface FlatNode {
  readonly id: string;
  readonly parent: string;
  readonly kind: string;
  readonly props: Json;
  readonly value: Json;
}

/** Elements by id. Changed in place by `applyOps`; nodes and lists of children are replaced, never changed. */
export interface FlatTree {
  readonly nodes: Map<string, FlatNode>;
  /** Ids of the elements in each container; the roots under the empty id. */
  readonly order: Map<string, readonly string[]>;
}

const nothing: readonly string[] = [];

/** The tree that a whole message lists: containers before what they hold. */
export function flatTree(list: readonly WireNode[]): FlatTree {
  const nodes = new Map<string, FlatNode>();
  const order = new Map<string, string[]>();
  for (const [id, parent, kind, props, value] of list) {
    if (nodes.has(id)) throw new RangeError("A tree in which every element stands once was expected.");
    nodes.set(id, { id, parent, kind, props, value });
    const siblings = order.get(parent);
    if (siblings === undefined) order.set(parent, [id]);
    else siblings.push(id);
  }
  return { nodes, order };
}

/** Applies a patch and answers the ids of what changed: elements, and containers whose list did. Throws where it does not fit. */
export function applyOps(tree: FlatTree, ops: readonly PatchOp[]): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const op of ops) {
    apply(tree, op);
    changed.add(op[1]);
  }
  return changed;
}

function apply(tree: FlatTree, op: PatchOp): void {
  const { nodes, order } = tree;
  switch (op[0]) {
    case "+": {
      const [, id, parent, kind, props, value] = op;
      nodes.set(id, { id, parent, kind, props, value });
      return;
    }
    case "=": {
      const node = known(tree, op[1]);
      nodes.set(node.id, { ...node, props: changedProps(node.props, op[2], op[3]) });
      return;
    }
    case "v":
      nodes.set(op[1], { ...known(tree, op[1]), value: op[2] });
      return;
    case "<": {
      const [, parent, start, gone, come] = op;
      const before = order.get(parent) ?? nothing;
      if (start + gone > before.length)
        throw new RangeError("A list of children that the patch fits was expected.");
      order.set(parent, before.toSpliced(start, gone, ...come));
      return;
    }
    case "-":
      return remove(tree, op[1]);
  }
}

function known({ nodes }: FlatTree, id: string): FlatNode {
  const node = nodes.get(id);
  if (node === undefined) throw new RangeError("A patch of an element that is there was expected.");
  return node;
}

function changedProps(before: Json, changed: Json, gone: readonly string[]): Json {
  // Props are objects in every spec; a list or a scalar here would become an object of no known field and be refused there.
  const props: Record<string, Json> = { ...(before as object), ...(changed as object) };
  for (const name of gone) delete props[name];
  return props;
}

/** An element that goes is off its container's list already, unless the container has become another kind of element. */
function remove({ nodes, order }: FlatTree, id: string): void {
  const node = nodes.get(id);
  nodes.delete(id);
  order.delete(id);
  const siblings = node === undefined ? undefined : order.get(node.parent);
  if (node !== undefined && siblings?.includes(id) === true)
    order.set(
      node.parent,
      siblings.filter((other) => other !== id),
    );
}

/** Every element in the order of the page. */
export function* inOrder(tree: FlatTree, parent = ""): Generator<FlatNode> {
  for (const id of tree.order.get(parent) ?? nothing) {
    const node = tree.nodes.get(id);
    if (node === undefined) continue;
    yield node;
    yield* inOrder(tree, id);
  }
}
