import type { Infer, Json, Schema } from "./schema.ts";
import { rule } from "./schema-scalars.ts";

/** Marks a field of `s.object` that may be left out. */
export interface OptionalField<T> {
  readonly optional: Schema<T>;
}

type Fields = Readonly<Record<string, Schema<unknown> | OptionalField<unknown>>>;
type RequiredKeys<F> = { [K in keyof F]: F[K] extends OptionalField<unknown> ? never : K }[keyof F];
type OptionalKeys<F> = { [K in keyof F]: F[K] extends OptionalField<unknown> ? K : never }[keyof F];
type ObjectOf<F> = { readonly [K in RequiredKeys<F>]: F[K] extends Schema<infer T> ? T : never } & {
  readonly [K in OptionalKeys<F>]?: F[K] extends OptionalField<infer T> ? T : never;
};

export const refusedKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export function array<T>(
  item: Schema<T>,
  limits: { max: number; min?: number; unique?: boolean },
): Schema<readonly T[]> {
  const { max, min = 0, unique = false } = limits;
  const expected = `a list of ${min} to ${max}${unique ? " different" : ""}: ${item.expected}`;
  return {
    expected,
    check(value, at) {
      if (!Array.isArray(value) || value.length > max || value.length < min) return { at, expected };
      for (let index = 0; index < value.length; index++) {
        const refusal = item.check(value[index], `${at}[${index}]`);
        if (refusal) return refusal;
      }
      const isTwice = unique && new Set(value.map(identity)).size !== value.length;
      return isTwice ? { at, expected } : undefined;
    },
  };
}

/** Lists that say the same are the same. */
function identity(value: unknown): unknown {
  return typeof value === "object" ? JSON.stringify(value) : value;
}

export function tuple<const T extends readonly Schema<unknown>[]>(
  ...items: T
): Schema<{ readonly [K in keyof T]: T[K] extends Schema<infer V> ? V : never }> {
  const expected = `a list of exactly ${items.length}`;
  return {
    expected,
    check(value, at) {
      if (!Array.isArray(value) || value.length !== items.length) return { at, expected };
      for (let index = 0; index < items.length; index++) {
        const refusal = items[index]?.check(value[index], `${at}[${index}]`);
        if (refusal) return refusal;
      }
      return undefined;
    },
  };
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function object<const F extends Fields>(fields: F): Schema<ObjectOf<F>> {
  const names = Object.keys(fields);
  const known = new Map<string, { schema: Schema<unknown>; required: boolean }>();
  for (const [name, field] of Object.entries(fields)) {
    const required = !("optional" in field);
    known.set(name, { schema: required ? field : field.optional, required });
  }
  const required = names.filter((name) => known.get(name)?.required);
  const expected = `an object with ${names.join(", ")}`;
  return {
    expected,
    check(value, at) {
      if (!isPlainObject(value)) return { at, expected };
      let seen = 0;
      for (const name of Object.keys(value)) {
        const field = known.get(name);
        if (field === undefined) return { at, expected: `${expected} and nothing else` };
        const refusal = field.schema.check(value[name], `${at}.${name}`);
        if (refusal) return refusal;
        if (field.required) seen++;
      }
      return seen === required.length ? undefined : { at, expected };
    },
  };
}

export function record<T>(
  item: Schema<T>,
  limits: { maxKeys: number; maxKeyLength?: number },
): Schema<{ readonly [key: string]: T }> {
  const { maxKeys, maxKeyLength = 300 } = limits;
  const expected = `an object of at most ${maxKeys} entries`;
  return {
    expected,
    check(value, at) {
      if (!isPlainObject(value)) return { at, expected };
      const keys = Object.keys(value);
      if (keys.length > maxKeys) return { at, expected };
      for (const key of keys) {
        if (key.length > maxKeyLength || refusedKeys.has(key)) return { at, expected: "another key" };
        const refusal = item.check(value[key], `${at}.*`);
        if (refusal) return refusal;
      }
      return undefined;
    },
  };
}

export function union<const T extends readonly Schema<unknown>[]>(...members: T): Schema<Infer<T[number]>> {
  const expected = members.map((member) => member.expected).join(", or ");
  return rule(expected, (value) => members.some((member) => member.check(value, "") === undefined));
}

/** Objects told apart by one literal field; only the member that it names is asked. */
export function variant<const M extends Readonly<Record<string, Schema<unknown>>>>(
  field: string,
  members: M,
): Schema<Infer<M[keyof M]>> {
  const table = new Map(Object.entries(members));
  const expected = `an object whose ${field} is one of ${[...table.keys()].join(", ")}`;
  return {
    expected,
    check(value, at) {
      if (!isPlainObject(value)) return { at, expected };
      const kind = value[field];
      const member = typeof kind === "string" ? table.get(kind) : undefined;
      return member === undefined ? { at, expected } : member.check(value, at);
    },
  };
}

export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  const expected = `null or ${schema.expected}`;
  return { expected, check: (value, at) => (value === null ? undefined : schema.check(value, at)) };
}

export function optional<T>(schema: Schema<T>): OptionalField<T> {
  return { optional: schema };
}

/** Any plain JSON, at most `maxDepth` deep and `maxNodes` large. */
export function json(limits: { maxDepth: number; maxNodes: number }): Schema<Json> {
  const expected = `plain data, at most ${limits.maxDepth} deep, ${limits.maxNodes} values`;
  return rule(expected, (value) => countNodes(value, limits.maxDepth, limits.maxNodes) <= limits.maxNodes);
}

export function countNodes(value: unknown, depth: number, most: number): number {
  if (typeof value === "number") return Number.isFinite(value) ? 1 : Infinity;
  if (value === null || typeof value === "string" || typeof value === "boolean") return 1;
  if (typeof value !== "object" || depth <= 0) return Infinity;
  let count = 1;
  if (Array.isArray(value)) {
    for (const item of value)
      if ((count += countNodes(item, depth - 1, most - count)) > most) return Infinity;
    return count;
  }
  for (const key of Object.keys(value)) {
    if (refusedKeys.has(key)) return Infinity;
    count += countNodes((value as Record<string, unknown>)[key], depth - 1, most - count);
    if (count > most) return Infinity;
  }
  return count;
}
