const identities = new WeakMap<object, readonly unknown[]>();

/** Remembers by what a connection is told from others: its name, its kind and its options. */
export function identified<T extends object>(connection: T, identity: readonly unknown[]): T {
  identities.set(connection, identity);
  return connection;
}

/** What tells a connection from others; nothing for what is none. */
export function connectionIdentity(value: unknown): readonly unknown[] | undefined {
  return typeof value === "object" && value !== null ? identities.get(value) : undefined;
}
