import type { PatchOp } from "../wire/messages.ts";
import type { Json } from "../wire/schema.ts";
import type { Props, Tree } from "./tree.ts";

/** The edits that make one tree the other: small where little changed. */
export function diffTrees(before: Tree, after: Tree): PatchOp[] {
  const ops: PatchOp[] = [];
  for (const node of after.byId.values()) {
    const old = before.byId.get(node.id);
    if (old === node) continue;
    if (old === undefined || old.kind !== node.kind || old.parent !== node.parent) {
      ops.push(["+", node.id, node.parent, node.kind, node.props, node.value]);
      continue;
    }
    const edit = diffProps(node.id, old.props, node.props);
    if (edit !== undefined) ops.push(edit);
    if (!sameJson(old.value, node.value)) ops.push(["v", node.id, node.value]);
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

/** Equality of plain data. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) if (!sameJson(a[index], b[index])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const left = a as Props;
  const right = b as Props;
  let count = 0;
  for (const key in left) {
    if (!sameJson(left[key], right[key])) return false;
    count++;
  }
  for (const _ in right) count--;
  return count === 0;
}
