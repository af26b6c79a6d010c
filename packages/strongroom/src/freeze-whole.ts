/** Freezes a value and everything that can be reached from it by names: functions, plain objects and lists. */
export function freezeWhole(value: unknown): void {
  if (typeof value !== "function" && (typeof value !== "object" || value === null)) return;
  if (Object.isFrozen(value) || !isPlain(value)) return;
  Object.freeze(value);
  for (const { value: inner } of Object.values(Object.getOwnPropertyDescriptors(value))) freezeWhole(inner);
}

/** What has an inside of its own, such as a pattern that remembers where it stands, is left as it is. */
function isPlain(value: object): boolean {
  if (typeof value === "function" || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Error.prototype || prototype === null;
}
