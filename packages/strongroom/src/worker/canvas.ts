import { createHash } from "node:crypto";
import { sameJson } from "../wire/same-json.ts";
import type { Json } from "../wire/schema.ts";
import { rootId, type Asking, type Props, type Tree, type TreeNode } from "./tree.ts";

/** An element as it is put on the page: what is known before it has a place. */
export interface Adding {
  readonly id: string;
  readonly kind: string;
  readonly props: Props;
  readonly value: Json;
  readonly asking: Asking | undefined;
  /** True when the id stands for a label or key, not for the place. */
  readonly isNamed: boolean;
  readonly isContainer: boolean;
}

/** The most elements on one page. */
export const maxElements = 20_000;
const maxParentChars = 240;
const maxLabelChars = 120;
const none: readonly string[] = [];
/** Stands for the children of elements that are sent: their tree lists them. */
const sealed: TreeNode[] = [];

/**
 * What a run has shown so far. As long as it shows what the last one did, in the same order, an element is found by its
 * place alone, one that is the same stays the same object, and the difference is what changed: most runs are like that.
 * The first that does not fit makes the canvas look everything up from there on.
 */
export class Canvas {
  readonly main: TreeNode = rootNode("main");
  #side: TreeNode | undefined;
  /** The tree that is stepped along; nothing once the run has left it. */
  #before: Tree | undefined;
  /** Elements so far, while in step. */
  #added: TreeNode[] = [];
  /** Of these, those that are not what they were. */
  #changed: TreeNode[] = [];
  /** Ids so far, once out of step, and for each that was taken the next number to try. */
  #used: Set<string> | undefined;
  #numbers = new Map<string, number>();
  readonly #containers = new Map<string, TreeNode>();
  /** The container written to last, and the ids that it held. */
  #container: TreeNode | undefined;
  #ids: readonly string[] = none;
  #count = 0;

  constructor(before: Tree) {
    if (before.byId.size > 0) this.#before = before;
    else this.#used = new Set();
  }

  get side(): TreeNode {
    if (this.#side === undefined) {
      this.#side = rootNode("side");
      if (this.#before?.byId.has("side") === false) this.#leave();
    }
    return this.#side;
  }

  /** The part at the side, where something was shown there. */
  get sideIfAny(): TreeNode | undefined {
    return this.#side;
  }

  get roots(): readonly TreeNode[] {
    return this.#side === undefined ? [this.main] : [this.#side, this.main];
  }

  /** True when no more fits on one page. */
  get isFull(): boolean {
    return this.#count >= maxElements;
  }

  /** A container of this run. */
  container(id: string): TreeNode | undefined {
    return this.#containers.get(id);
  }

  /** What stood at the place that comes next in a container, while in step. */
  next(container: TreeNode): TreeNode | undefined {
    const before = this.#before;
    if (before === undefined) return undefined;
    if (this.#container !== container) {
      this.#container = container;
      this.#ids = before.order.get(container.id) ?? none;
    }
    const id = this.#ids[container.children?.length ?? 0];
    return id === undefined ? undefined : before.byId.get(id);
  }

  /** The identity of an element that comes next in a container: its kind, and its place among its likes. */
  elementId(container: TreeNode, kind: string): string {
    this.#makeRoom(container);
    const next = this.next(container);
    if (next !== undefined && next.kind === kind && !next.isNamed) return next.id;
    return this.#free(
      `${container.id.length > maxParentChars ? digest(container.id) : container.id}/${kind}`,
    );
  }

  /** The identity of a widget that comes next in a container: its key if it has one, else its label. */
  widgetId(
    container: TreeNode,
    kind: string,
    { label, key }: { label: string; key: string | undefined },
  ): string {
    this.#makeRoom(container);
    const next = this.next(container);
    if (
      next?.asking !== undefined &&
      next.kind === kind &&
      next.asking.label === label &&
      next.asking.key === key
    )
      return next.id;
    const name = key === undefined ? `${kind}:${shortened(label)}` : `${kind}#${key}`;
    return next?.id === name ? name : this.#free(name);
  }

  /** The identity of an element that was shown elsewhere, under an id of its own or none, and comes next in a container. */
  idOf(container: TreeNode, kind: string, id: string | null): string {
    if (id === null) return this.elementId(container, kind);
    this.#makeRoom(container);
    return this.next(container)?.id === id ? id : this.#free(id);
  }

  #free(name: string): string {
    this.#leave();
    const used = this.#used as Set<string>;
    let id = name;
    if (used.has(name)) {
      let number = this.#numbers.get(name) ?? 1;
      while (used.has((id = `${name}.${number}`))) number++;
      this.#numbers.set(name, number + 1);
    }
    used.add(id);
    return id;
  }

  /** Goes out of step: from here on, ids are looked up. */
  #leave(): void {
    if (this.#before === undefined) return;
    this.#before = undefined;
    this.#used = new Set(this.#added.map(({ id }) => id));
    this.#added = [];
    this.#changed = [];
  }

  /** Puts an element after what stands in a container. */
  add(container: TreeNode, adding: Adding): TreeNode {
    this.#count++;
    const children = container.children as TreeNode[];
    this.#makeRoom(container);
    const before = this.next(container);
    const node =
      before?.id === adding.id ? this.#step(container, adding, before) : this.#jump(container, adding);
    children.push(node);
    if (node.children !== undefined) this.#containers.set(node.id, node);
    return node;
  }

  #step(container: TreeNode, adding: Adding, before: TreeNode): TreeNode {
    const hasProps = sameJson(before.props, adding.props);
    const isSame =
      hasProps &&
      before.kind === adding.kind &&
      before.parent === container.id &&
      sameJson(before.value, adding.value);
    if (
      isSame &&
      before.children === undefined &&
      !adding.isContainer &&
      sameAsking(before.asking, adding.asking)
    ) {
      this.#added.push(before);
      return before;
    }
    const node = nodeIn(container, hasProps ? { ...adding, props: before.props } : adding);
    this.#added.push(node);
    if (!isSame || node.asking !== before.asking) this.#changed.push(node);
    return node;
  }

  #jump(container: TreeNode, adding: Adding): TreeNode {
    this.#leave();
    this.#used?.add(adding.id);
    return nodeIn(container, adding);
  }

  /** An `empty` has one slot: what comes takes the place of what was. */
  #makeRoom({ kind, children }: TreeNode): void {
    if (kind === "empty" && children !== undefined && children.length > 0) this.#clear(children);
  }

  #clear(children: TreeNode[]): void {
    this.#leave();
    for (const { id, children: inner } of children) {
      this.#count--;
      this.#used?.delete(id);
      if (inner !== undefined) this.#clear(inner);
    }
    // Names are counted from the start again, so that what comes next is the same element, changed.
    this.#numbers.clear();
    children.length = 0;
  }

  /** Puts an element where another stands. */
  replace(container: TreeNode, node: TreeNode, next: TreeNode): void {
    const children = container.children as TreeNode[];
    const index = children.indexOf(node);
    if (index < 0) return;
    children[index] = next;
    if (next.children !== undefined) this.#containers.set(next.id, next);
    if (this.#before === undefined) return;
    const changed = this.#changed.indexOf(node);
    if (changed < 0) this.#changed.push(next);
    else this.#changed[changed] = next;
  }

  /** Takes an element away; nothing where another has taken its place. */
  remove(container: TreeNode, node: TreeNode): void {
    const children = container.children as TreeNode[];
    const index = children.indexOf(node);
    if (index < 0) return;
    this.#leave();
    this.#count--;
    children.splice(index, 1);
  }

  /** Takes everything off the page. */
  clear(): void {
    this.#leave();
    for (const root of this.roots) root.children?.splice(0);
    this.#side = undefined;
    this.#used = new Set();
    this.#count = 0;
  }

  /** The elements that are not what they were, when all others of a tree are, in their places; else nothing. */
  changedIn(sent: Tree): readonly TreeNode[] | undefined {
    const isWhole = this.#before === sent && sent.byId.has("side") === (this.#side !== undefined);
    // The head of the page is an element of the tree, too.
    return isWhole && sent.byId.size === this.#added.length + this.roots.length + 1
      ? this.#changed
      : undefined;
  }

  /** The run is over and its tree indexed: lists of children are held by that alone. */
  seal(): void {
    for (const node of this.#containers.values()) Object.assign(node, { children: sealed });
  }
}

function nodeIn(
  container: TreeNode,
  { id, kind, props, value, asking, isNamed, isContainer }: Adding,
): TreeNode {
  return {
    id,
    kind,
    parent: container.id,
    props,
    value,
    asking,
    isNamed,
    children: isContainer ? [] : undefined,
  };
}

function rootNode(id: string): TreeNode {
  return {
    id,
    kind: id,
    parent: rootId,
    props: {},
    value: null,
    asking: undefined,
    isNamed: true,
    children: [],
  };
}

function sameAsking(a: Asking | undefined, b: Asking | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.spec === b.spec && a.disabled === b.disabled && a.isChecked === b.isChecked && a.onChange === b.onChange
  );
}

function shortened(label: string): string {
  return label.length > maxLabelChars ? label.slice(0, maxLabelChars).toWellFormed() : label.toWellFormed();
}

/** A short name for a long id. */
function digest(id: string): string {
  return `~${createHash("sha256").update(id).digest("base64url").slice(0, 22)}`;
}
