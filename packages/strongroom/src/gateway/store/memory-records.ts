import type { RecordKind, Records, StoredRecord } from "./records.ts";

/** Keeps records as long as this process lives. */
export function memoryRecords(now: () => number): Records & { clear(): void } {
  const records = new Map<string, StoredRecord>();
  const find = (kind: RecordKind, id: string): StoredRecord | undefined => {
    const found = records.get(placeOf(kind, id));
    return found !== undefined && found.expiresAt > now() ? found : undefined;
  };
  const put = (record: StoredRecord): void =>
    void records.set(placeOf(record.kind, record.id), { ...record, value: Buffer.from(record.value) });
  return {
    async put(all) {
      for (const record of all) put(record);
    },
    async claim(record) {
      if (find(record.kind, record.id) !== undefined) return false;
      put(record);
      return true;
    },
    async get(kind, id) {
      return find(kind, id)?.value;
    },
    async take(kind, id) {
      const found = find(kind, id);
      records.delete(placeOf(kind, id));
      return found?.value;
    },
    async all(kind) {
      return [...records.values()].filter((record) => record.kind === kind && record.expiresAt > now());
    },
    async delete(kinds, ids) {
      for (const kind of kinds) for (const id of ids) records.delete(placeOf(kind, id));
    },
    async deleteExpired() {
      for (const [place, { expiresAt }] of records) if (expiresAt <= now()) records.delete(place);
    },
    clear: () => records.clear(),
  };
}

function placeOf(kind: RecordKind, id: string): string {
  return `${kind}/${id}`;
}
