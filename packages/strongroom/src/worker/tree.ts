import type { TreeMessage, WireNode } from "../wire/messages.ts";
import type { Json } from "../wire/schema.ts";
import type { WidgetSpec } from "../wire/spec.ts";

export type Props = { readonly [name: string]: Json };

/** How a widget's answer is decoded, and what follows from it. */
export interface Asking {
  readonly spec: WidgetSpec<Props, Json>;
  readonly label: string;
  readonly key: string | undefined;
  readonly disabled: boolean;
  /** The author's code judges the answer by a schema of its own. */
  readonly isChecked: boolean;
  /** Runs before the page when the answer has changed. */
  readonly onChange: (() => unknown) | undefined;
  /** Runs before the page when an element that holds an answer as well was clicked. */
  readonly onPress?: ((click: Json) => unknown) | undefined;
}

/** One element of the page. A node is replaced, never changed; only its list of children grows while its run goes on. */
export interface TreeNode {
  readonly id: string;
  readonly kind: string;
  readonly parent: string;
  readonly props: Props;
  readonly value: Json;
  readonly asking: Asking | undefined;
  /** True when the id stands for a label or key, not for the place. */
  readonly isNamed: boolean;
  readonly children: TreeNode[] | undefined;
}

/** The elements of a page as they were last sent. */
export interface Tree {
  /** By id, in the order of the page. An answer replaces its node. */
  readonly byId: Map<string, TreeNode>;
  /** Ids of the elements in each container. */
  readonly order: ReadonlyMap<string, readonly string[]>;
  /** While a run goes on, by container: how many of its first children are of this run, where others follow. */
  readonly fresh?: Readonly<Record<string, number>>;
}

export const emptyTree: Tree = { byId: new Map(), order: new Map() };

/** The id under which the roots themselves are listed. */
export const rootId = "";

/** Lists a tree by id; with `stale`, what an unfinished run has not reached yet stays where it was. */
export function indexTree(roots: readonly TreeNode[], stale?: Tree): Tree {
  const byId = new Map<string, TreeNode>();
  const order = new Map<string, readonly string[]>();
  const reached = stale === undefined ? undefined : idsOf(roots);
  const fresh: Record<string, number> = {};
  const visit = (nodes: readonly TreeNode[], parent: string): void => {
    const ids: string[] = [];
    for (const node of nodes) {
      ids.push(node.id);
      byId.set(node.id, node);
      if (node.children !== undefined) visit(node.children, node.id);
    }
    const count = ids.length;
    for (const id of (reached && stale?.order.get(parent)) ?? []) {
      const old = reached?.has(id) ? undefined : stale?.byId.get(id);
      if (old === undefined) continue;
      if (reached?.has(parent) !== false || parent === rootId) fresh[parent] = count;
      ids.push(id);
      byId.set(id, old);
      if (old.children !== undefined) visit([], id);
    }
    order.set(parent, ids);
  };
  visit(roots, rootId);
  return stale === undefined ? { byId, order } : { byId, order, fresh };
}

function idsOf(roots: readonly TreeNode[]): Set<string> {
  const ids = new Set<string>();
  const visit = (nodes: readonly TreeNode[]): void => {
    for (const node of nodes) {
      ids.add(node.id);
      if (node.children !== undefined) visit(node.children);
    }
  };
  visit(roots);
  return ids;
}

/** The whole tree as the browser and the gateway read it: containers before what they hold. */
export function treeNodes(tree: Tree): TreeMessage["nodes"] {
  const nodes: WireNode[] = [];
  const visit = (parent: string): void => {
    for (const id of tree.order.get(parent) ?? []) {
      const node = tree.byId.get(id) as TreeNode;
      nodes.push([id, parent, node.kind, node.props, node.value]);
      if (node.children !== undefined) visit(id);
    }
  };
  visit(rootId);
  return nodes;
}
