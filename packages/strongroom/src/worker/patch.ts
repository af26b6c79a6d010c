import type { PatchOp } from "../wire/messages.ts";
import { sameJson } from "../wire/same-json.ts";
import type { Json } from "../wire/schema.ts";
import type { Props, Tree, TreeNode } from "./tree.ts";

/** The edits that make one tree the other: small where little changed. */
export function diffTrees(before: Tree, after: Tree): PatchOp[] {
  const ops: PatchOp[] = [];
  for (const node of after.byId.values()) {
    const old = before.byId.get(node.id);
    if (old !== node) diffNode(ops, old, node);
  }
  for (const [parent, ids] of after.order) {
    const splice = diffOrder(parent, before.order.get(parent) ?? [], ids);
    if (splice !== undefined) ops.push(splice);
  }
  if (before.byId.size > 0) {
    for (const id of before.byId.keys()) if (!after.byId.has(id)) ops.push(["-", id]);
  }
  return ops;
}

/** Adds the edits that make one element the other. */
export function diffNode(ops: PatchOp[], before: TreeNode | undefined, after: TreeNode): void {
  if (before === undefined || before.kind !== after.kind || before.parent !== after.parent) {
    ops.push(["+", after.id, after.parent, after.kind, after.props, after.value]);
    return;
  }
  const edit = diffProps(after.id, before.props, after.props);
  if (edit !== undefined) ops.push(edit);
  if (!sameJson(before.value, after.value)) ops.push(["v", after.id, after.value]);
}

function diffProps(id: string, before: Props, after: Props): PatchOp | undefined {
  if (before === after) return undefined;
  let changed: Record<string, Json> | undefined;
  let gone: string[] | undefined;
  for (const name in after) {
    const value = after[name] as Json;
    if (!sameJson(before[name], value)) (changed ??= {})[name] = value;
  }
  for (const name in before) if (!(name in after)) (gone ??= []).push(name);
  if (changed === undefined && gone === undefined) return undefined;
  return ["=", id, changed ?? {}, gone ?? []];
}

function diffOrder(parent: string, before: readonly string[], after: readonly string[]): PatchOp | undefined {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return undefined;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail++;
  return ["<", parent, start, before.length - start - tail, after.slice(start, after.length - tail)];
}
