import { wholeCharacters } from "../../worker/whole-characters.ts";
import { badOption } from "../../worker/errors.ts";
import { secretOutline } from "../../worker/secrets.ts";
import { limits } from "../../wire/limits.ts";

const maxDepth = 60;
const maxValues = 100_000;

/** Any value as JSON text: what JSON has no word for becomes a text that says what it was. */
export function jsonTextOf(element: string, value: unknown): string {
  const writer = new Writer(element);
  const text = wholeCharacters(JSON.stringify(writer.plain(value, 0)) ?? "null");
  if (text.length > limits.textChars) throw tooLarge(element);
  return text;
}

/** JSON that the author has as text, checked. */
export function checkedJson(element: string, text: string): string {
  if (text.length > limits.textChars) throw tooLarge(element);
  try {
    return wholeCharacters(JSON.stringify(JSON.parse(text)));
  } catch {
    throw badOption(element, "body", "a value, or JSON as text; this text is not JSON");
  }
}

function tooLarge(element: string): Error {
  return badOption(
    element,
    "body",
    `at most ${limits.textChars.toLocaleString("en")} characters as JSON; show a part of it, or offer it as a download`,
  );
}

class Writer {
  readonly #element: string;
  readonly #open = new Set<object>();
  #left = maxValues;

  constructor(element: string) {
    this.#element = element;
  }

  plain(value: unknown, depth: number): unknown {
    if (--this.#left < 0) throw tooLarge(this.#element);
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) ? value : String(value);
      case "bigint":
        return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
      case "undefined":
        return null;
      case "function":
        return `ƒ ${value.name || "anonymous"}`;
      case "symbol":
        return String(value);
      case "object":
        return value === null ? null : (secretOutline(value) ?? this.#nested(value, depth));
    }
  }

  #nested(value: object, depth: number): unknown {
    if (this.#open.has(value)) return "[circular]";
    if (depth >= maxDepth) return "[…]";
    this.#open.add(value);
    const plain = this.#object(value, depth + 1);
    this.#open.delete(value);
    return plain;
  }

  #object(value: object, depth: number): unknown {
    if (Array.isArray(value)) return value.map((item) => this.plain(item, depth));
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (ArrayBuffer.isView(value)) return `[${value.byteLength.toLocaleString("en")} bytes]`;
    if (value instanceof Set) return [...value].map((item) => this.plain(item, depth));
    if (value instanceof Map) return this.#map(value, depth);
    if (value instanceof Error) return { name: value.name, message: value.message };
    if ("toJSON" in value && typeof value.toJSON === "function") return this.plain(value.toJSON(), depth);
    return this.#record(Object.entries(value), depth);
  }

  #map(map: ReadonlyMap<unknown, unknown>, depth: number): unknown {
    const entries = [...map];
    if (entries.every(([key]) => typeof key === "string"))
      return this.#record(entries as [string, unknown][], depth);
    return entries.map(([key, item]) => [this.plain(key, depth), this.plain(item, depth)]);
  }

  #record(entries: readonly (readonly [string, unknown])[], depth: number): unknown {
    // Without a prototype, so that `__proto__` as a key stays a key.
    const record = Object.create(null) as Record<string, unknown>;
    for (const [key, item] of entries) if (item !== undefined) record[key] = this.plain(item, depth);
    return record;
  }
}
