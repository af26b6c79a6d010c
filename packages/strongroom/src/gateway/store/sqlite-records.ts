import type { DatabaseSync } from "node:sqlite";
import type { RecordKind, Records, StoredRecord } from "./records.ts";
import type { Sealer } from "./seal.ts";

export const recordsSetup = `
  create table if not exists records (kind text not null, id text not null, value blob not null, expires integer not null, primary key (kind, id)) strict, without rowid;
  create index if not exists records_expires on records (expires);
`;

const texts = {
  put: "insert into records (kind, id, value, expires) values (?, ?, ?, ?) on conflict (kind, id) do update set value = excluded.value, expires = excluded.expires",
  claim:
    "insert into records (kind, id, value, expires) values (?, ?, ?, ?) on conflict (kind, id) do nothing",
  get: "select value from records where kind = ? and id = ? and expires > ?",
  take: "delete from records where kind = ? and id = ? returning value, expires",
  all: "select id, value, expires from records where kind = ? and expires > ?",
  delete: "delete from records where kind = ? and id = ?",
  expired: "delete from records where expires <= ?",
  expiredOne: "delete from records where kind = ? and id = ? and expires <= ?",
} as const;

interface SqliteRecordsOptions {
  readonly sealer: Sealer;
  readonly now: () => number;
  readonly inTransaction: (body: () => void) => void;
}

/** Keeps records in a table of the store's file, each value encrypted for its place. */
export function sqliteRecords(database: DatabaseSync, options: SqliteRecordsOptions): Records {
  const { sealer, now, inTransaction } = options;
  const prepared = (name: keyof typeof texts): ReturnType<DatabaseSync["prepare"]> =>
    database.prepare(texts[name]);
  const [put, claim, get, take] = [prepared("put"), prepared("claim"), prepared("get"), prepared("take")];
  const [all, remove, expired] = [prepared("all"), prepared("delete"), prepared("expired")];
  const expiredOne = prepared("expiredOne");
  const seal = ({ kind, id, value }: StoredRecord): Buffer => sealer.seal(placeOf(kind, id), value);
  const open = (kind: RecordKind, id: string, value: unknown): Buffer | undefined =>
    value instanceof Uint8Array ? sealer.open(placeOf(kind, id), value) : undefined;
  return {
    async put(records) {
      inTransaction(() => {
        for (const one of records) put.run(one.kind, one.id, seal(one), Math.ceil(one.expiresAt));
      });
    },
    async claim(one) {
      expiredOne.run(one.kind, one.id, now());
      return claim.run(one.kind, one.id, seal(one), Math.ceil(one.expiresAt)).changes === 1;
    },
    async get(kind, id) {
      return open(kind, id, get.get(kind, id, now())?.["value"]);
    },
    async take(kind, id) {
      const row = take.get(kind, id);
      return Number(row?.["expires"] ?? 0) > now() ? open(kind, id, row?.["value"]) : undefined;
    },
    async all(kind) {
      return all.all(kind, now()).flatMap(({ id, value, expires }): StoredRecord[] => {
        try {
          const opened = open(kind, String(id), value);
          return opened === undefined
            ? []
            : [{ kind, id: String(id), value: opened, expiresAt: Number(expires) }];
        } catch {
          return []; // of another key: nobody can use it any more
        }
      });
    },
    async delete(kinds, ids) {
      inTransaction(() => {
        for (const kind of kinds) for (const id of ids) remove.run(kind, id);
      });
    },
    async deleteExpired() {
      expired.run(now());
    },
  };
}

function placeOf(kind: RecordKind, id: string): string {
  return `records/${kind}/${id}`;
}
