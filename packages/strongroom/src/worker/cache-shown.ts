import { hash } from "node:crypto";
import type { Json } from "../wire/schema.ts";
import type { Offered } from "./services.ts";
import type { Scope, Run } from "./run.ts";
import { putChecked } from "./show.ts";
import type { Props, TreeNode } from "./tree.ts";

/** An element that a cached function has shown. */
interface ShownElement {
  readonly kind: string;
  readonly props: Props;
  /** Where it stands for a label or key. */
  readonly id: string | null;
  readonly children: readonly ShownElement[] | null;
}

/** What a cached function has shown: it is shown again to each who gets its value. */
export interface Shown {
  readonly main: readonly ShownElement[];
  readonly side: readonly ShownElement[];
  /** Bytes that elements refer to, by the name that stands in them for a handle. */
  readonly offered: ReadonlyMap<string, Offered>;
}

/** What a run of a cached function has shown, if anything. */
export function shownBy(run: Run, offered: ReadonlyMap<string, Offered>): Shown | undefined {
  const [main = [], side = []] = [run.canvas.main, run.canvas.sideIfAny].map((root) => elementsIn(root));
  return main.length + side.length === 0 ? undefined : { main, side, offered };
}

function elementsIn(container: TreeNode | undefined): readonly ShownElement[] {
  return (container?.children ?? []).map((node) => ({
    kind: node.kind,
    props: node.props,
    id: node.isNamed ? node.id : null,
    children: node.children === undefined ? null : elementsIn(node),
  }));
}

/** Stands for the handle of bytes in what is kept: handles belong to one session. */
export function handleName({ bytes, mime, fileName = "" }: Offered): string {
  const head = Buffer.from(JSON.stringify([mime, fileName]));
  return hash("sha256", Buffer.concat([head, bytes]), "base64url");
}

/** Shows again what a cached function has shown. */
export function showAgain({ run, container }: Scope, { main, side, offered }: Shown): void {
  const { number, services } = run.session;
  const handles = new Map([...offered].map(([name, content]) => [name, services.offer(number, content)]));
  const showIn = (parent: TreeNode, elements: readonly ShownElement[]): void => {
    for (const { kind, props, id, children } of elements) {
      const node = putChecked(run, parent, {
        id: run.canvas.idOf(parent, kind, id),
        kind,
        props: handles.size === 0 ? props : (withHandles(props, handles) as Props),
        value: null,
        asking: undefined,
        isNamed: id !== null,
        isContainer: children !== null,
      });
      if (children !== null) showIn(node, children);
    }
  };
  showIn(container, main);
  if (side.length > 0) showIn(run.canvas.side, side);
}

function withHandles(value: Json, handles: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return handles.get(value) ?? value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => withHandles(item, handles));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withHandles(item, handles)]));
}
