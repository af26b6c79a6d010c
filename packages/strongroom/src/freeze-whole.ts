/** Freezes a value and everything that can be reached from it by names: functions, plain objects and lists. */
export function freezeWhole(value: unknown, seen: Set<unknown> = new Set()): void {
  if (typeof value !== "function" && (typeof value !== "object" || value === null)) return;
  if (seen.has(value) || !isPlain(value)) return;
  seen.add(value);
  Object.freeze(value);
  for (const { value: inner } of Object.values(Object.getOwnPropertyDescriptors(value)))
    freezeWhole(inner, seen);
}

/** What has an inside of its own, such as a pattern that remembers where it stands, is left as it is. */
function isPlain(value: object): boolean {
  if (typeof value === "function" || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Error.prototype || prototype === null;
}
