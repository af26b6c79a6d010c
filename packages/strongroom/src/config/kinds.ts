/** What an option may hold: one small decoder for each kind, for values of a file and for texts of environment and flags. */
export interface Kind<T> {
  /** Completes the sentence "expected …". */
  readonly expected: string;
  /** The value, or nothing when it does not fit. `value` is a TOML value, or the text of an environment variable or a flag. */
  read(value: unknown): T | undefined;
  /** The value as it would stand in a file. */
  show(value: T): string;
}

const quoted = (value: unknown): string => JSON.stringify(value);

/** A whole number. */
export function whole(limits: { readonly min: number; readonly max: number }): Kind<number> {
  const { min, max } = limits;
  return {
    expected: `a whole number from ${min} to ${max}`,
    read(value) {
      const number = typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
      return Number.isSafeInteger(number) && Number(number) >= min && Number(number) <= max
        ? Number(number)
        : undefined;
    },
    show: String,
  };
}

export const yesOrNo: Kind<boolean> = {
  expected: "true or false",
  read: (value) =>
    value === true || value === "true" ? true : value === false || value === "false" ? false : undefined,
  show: String,
};

/** A switch that has one position, and a sentence that says why. */
export function only<const V extends boolean>(value: V, expected: string): Kind<V> {
  return {
    expected,
    read: (given) => (given === value || given === String(value) ? value : undefined),
    show: String,
  };
}

/** One of a few words. */
export function word<const W extends string>(...words: readonly W[]): Kind<W> {
  return {
    expected: `one of ${words.map(quoted).join(", ")}`,
    read: (value) => words.find((known) => known === value),
    show: quoted,
  };
}

/** Text that a pattern fits. */
export function text(expected: string, pattern: RegExp): Kind<string> {
  return {
    expected,
    read: (value) =>
      typeof value === "string" && value.length <= 1_000 && pattern.test(value) ? value : undefined,
    show: quoted,
  };
}

/** A list; as text, its members are separated by commas. */
export function list<T>(item: Kind<T>): Kind<readonly T[]> {
  return {
    expected: `a list, each of it ${item.expected}`,
    read(value) {
      const parts =
        typeof value === "string"
          ? value
              .split(",")
              .map((part) => part.trim())
              .filter(Boolean)
          : value;
      if (!Array.isArray(parts) || parts.length > 1_000) return undefined;
      const items = parts.map((part) => item.read(part));
      return items.every((read): read is T & ({} | null) => read !== undefined)
        ? Object.freeze(items)
        : undefined;
    },
    show: (values) => `[${values.map((value) => item.show(value)).join(", ")}]`,
  };
}

/** The first kind that fits. */
export function either<A, B>(first: Kind<A>, second: Kind<B>): Kind<A | B> {
  return {
    expected: `${first.expected}, or ${second.expected}`,
    read: (value) => first.read(value) ?? second.read(value),
    // Which of the two made a value is found by reading it back.
    show: (value) => (first.read(value) === undefined ? second.show(value as B) : first.show(value as A)),
  };
}

const durations: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const sizes: Readonly<Record<string, number>> = { b: 1, kb: 1_000, mb: 1_000_000, gb: 1_000_000_000 };

/** A span of time, in milliseconds; a bare number counts seconds. */
export function duration(limits: { readonly min: string; readonly max: string }): Kind<number> {
  const min = milliseconds(limits.min) ?? 0;
  const max = milliseconds(limits.max) ?? Infinity;
  return {
    expected: `a duration from "${limits.min}" to "${limits.max}", such as "90s" or "10m"`,
    read(value) {
      const ms = milliseconds(value);
      return ms !== undefined && ms >= min && ms <= max ? ms : undefined;
    },
    show: (ms) => quoted(withUnit(ms, durations)),
  };
}

/** A size in bytes; a bare number counts bytes. */
export function size(limits: { readonly min: string; readonly max: string }): Kind<number> {
  const min = bytes(limits.min) ?? 0;
  const max = bytes(limits.max) ?? Infinity;
  return {
    expected: `a size from "${limits.min}" to "${limits.max}", such as "8mb"`,
    read(value) {
      const count = bytes(value);
      return count !== undefined && count >= min && count <= max ? count : undefined;
    },
    show: (count) => quoted(withUnit(count, sizes)),
  };
}

function milliseconds(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? Math.round(value * 1_000) : undefined;
  if (typeof value !== "string") return undefined;
  if (/^\d{1,9}(\.\d{1,3})?$/.test(value)) return Math.round(Number(value) * 1_000);
  if (!/^(\d{1,9}(ms|s|m|h|d))+$/.test(value)) return undefined;
  return sum(value.matchAll(/(\d+)(ms|[smhd])/g), durations);
}

function bytes(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== "string") return undefined;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  const match = /^(\d{1,9}) ?(b|kb|mb|gb)$/i.exec(value);
  return match === null ? undefined : sum([match], sizes);
}

function sum(matches: Iterable<RegExpMatchArray>, units: Readonly<Record<string, number>>): number {
  let total = 0;
  for (const [, count = "0", unit = ""] of matches) total += Number(count) * (units[unit.toLowerCase()] ?? 0);
  return total;
}

/** A number with the largest unit that leaves it whole. */
function withUnit(value: number, units: Readonly<Record<string, number>>): string {
  const [unit, factor] = Object.entries(units).findLast(([, each]) => value !== 0 && value % each === 0) ??
    Object.entries(units)[0] ?? ["", 1];
  return `${value / factor}${unit}`;
}
