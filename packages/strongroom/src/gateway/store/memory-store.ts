import { MemoryRecords } from "./memory-records.ts";
import type { Store, StoredSession } from "./store.ts";

/** Keeps sessions as long as this process lives: for tests, and for apps that must leave no trace on disk. */
export function memoryStore(now: () => number = Date.now): Store {
  const sessions = new Map<string, StoredSession & { usedAt: number }>();
  const records = new MemoryRecords(now);
  return {
    records,
    async put(writes) {
      for (const { id, head, state } of writes) {
        const kept = state ?? sessions.get(id)?.state;
        sessions.set(id, { head: Buffer.from(head), state: kept && Buffer.from(kept), usedAt: now() });
      }
    },
    async get(id) {
      const found = sessions.get(id);
      return found && { head: found.head, state: found.state };
    },
    async delete(ids) {
      for (const id of ids) sessions.delete(id);
    },
    async touch(ids) {
      for (const id of ids) {
        const found = sessions.get(id);
        if (found !== undefined) found.usedAt = now();
      }
    },
    async deleteUnusedSince(time) {
      const unused = [...sessions].filter(([, { usedAt }]) => usedAt < time);
      for (const [id] of unused) sessions.delete(id);
      return unused.length;
    },
    async close() {
      sessions.clear();
      records.clear();
    },
  };
}
