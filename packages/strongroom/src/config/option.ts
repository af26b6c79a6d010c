import type { Kind } from "./kinds.ts";

export interface Option<T> {
  readonly kind: Kind<T>;
  readonly default: T;
  /** One sentence for the reference. */
  readonly doc: string;
  /** A short flag beside `--section.key`. */
  readonly flag?: string;
  /** Its value is never printed. */
  readonly secret?: boolean;
}

export function option<T>(kind: Kind<T>, value: NoInfer<T>, doc: string): Option<T> {
  return { kind, default: value, doc };
}

/** An option that has no value until one is given. */
export function unset<T>(kind: Kind<T>, doc: string): Option<T | undefined> {
  return { kind: kind as Kind<T | undefined>, default: undefined, doc };
}
