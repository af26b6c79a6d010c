import type { DatabaseSync } from "node:sqlite";
import {
  keptChanges,
  type LoginChanges,
  type RecordKind,
  type Records,
  type StoredRecord,
} from "./records.ts";
import type { Sealer } from "./seal.ts";

export const recordsSetup = `
  create table if not exists records (kind text not null, id text not null, value blob not null, expires integer not null, primary key (kind, id)) strict, without rowid;
  create index if not exists records_expires on records (expires);
  drop trigger if exists login_came;
  drop trigger if exists login_went;
  drop table if exists login_changes;
  create table if not exists login_log (n integer primary key autoincrement, id text not null) strict;
  create trigger if not exists login_added after insert on records when new.kind = 'login' begin insert into login_log (id) values (new.id); end;
  create trigger if not exists login_changed after update on records when new.kind = 'login' begin insert into login_log (id) values (new.id); end;
  create trigger if not exists login_removed after delete on records when old.kind = 'login' begin insert into login_log (id) values (old.id); end;
`;

const texts = {
  put: "insert into records (kind, id, value, expires) values (?, ?, ?, ?) on conflict (kind, id) do update set value = excluded.value, expires = excluded.expires",
  replace: "update records set value = ?, expires = ? where kind = ? and id = ?",
  claim:
    "insert into records (kind, id, value, expires) values (?, ?, ?, ?) on conflict (kind, id) do nothing",
  get: "select value from records where kind = ? and id = ? and expires > ?",
  take: "delete from records where kind = ? and id = ? returning value, expires",
  all: "select id, value, expires from records where kind = ? and expires > ?",
  ids: "select id from records where kind = ? and expires > ?",
  // The two ends of what is remembered, each found by itself: one question for both would read all of it.
  changeSpan:
    "select coalesce((select min(n) from login_log), 1) as first, coalesce((select max(n) from login_log), 0) as last",
  changed: "select distinct id from login_log where n > ? and n <= ?",
  forget: "delete from login_log where n <= (select max(n) from login_log) - ?",
  delete: "delete from records where kind = ? and id = ?",
  expired: "delete from records where expires <= ?",
  expiredOne: "delete from records where kind = ? and id = ? and expires <= ?",
} as const;

interface SqliteRecordsOptions {
  readonly sealer: Sealer;
  readonly now: () => number;
  readonly inTransaction: (body: () => void) => void;
}

type Statement = ReturnType<DatabaseSync["prepare"]>;

/** Keeps records in a table of the store's file, each value encrypted for its place. */
export class SqliteRecords implements Records {
  readonly #options: SqliteRecordsOptions;
  readonly #run: Readonly<Record<keyof typeof texts, Statement>>;

  constructor(database: DatabaseSync, options: SqliteRecordsOptions) {
    this.#options = options;
    const prepared = (name: keyof typeof texts): Statement => database.prepare(texts[name]);
    this.#run = {
      put: prepared("put"),
      replace: prepared("replace"),
      claim: prepared("claim"),
      get: prepared("get"),
      take: prepared("take"),
      all: prepared("all"),
      ids: prepared("ids"),
      changeSpan: prepared("changeSpan"),
      changed: prepared("changed"),
      forget: prepared("forget"),
      delete: prepared("delete"),
      expired: prepared("expired"),
      expiredOne: prepared("expiredOne"),
    };
  }

  async put(records: readonly StoredRecord[]): Promise<void> {
    this.#options.inTransaction(() => this.#putAll(records));
  }

  async replace([first, ...others]: readonly StoredRecord[]): Promise<boolean> {
    let isThere = false;
    this.#options.inTransaction(() => {
      if (first === undefined) return;
      const { kind, id, expiresAt } = first;
      isThere = this.#run.replace.run(this.#seal(first), Math.ceil(expiresAt), kind, id).changes === 1;
      if (isThere) this.#putAll(others);
    });
    return isThere;
  }

  async claim(one: StoredRecord): Promise<boolean> {
    this.#run.expiredOne.run(one.kind, one.id, this.#options.now());
    const { changes } = this.#run.claim.run(one.kind, one.id, this.#seal(one), Math.ceil(one.expiresAt));
    return changes === 1;
  }

  async get(kind: RecordKind, id: string): Promise<Buffer | undefined> {
    return this.#open(kind, id, this.#run.get.get(kind, id, this.#options.now())?.["value"]);
  }

  async take(kind: RecordKind, id: string): Promise<Buffer | undefined> {
    const row = this.#run.take.get(kind, id);
    const isAlive = Number(row?.["expires"] ?? 0) > this.#options.now();
    return isAlive ? this.#open(kind, id, row?.["value"]) : undefined;
  }

  async all(kind: RecordKind): Promise<readonly StoredRecord[]> {
    return this.#run.all.all(kind, this.#options.now()).flatMap(({ id, value, expires }): StoredRecord[] => {
      try {
        const opened = this.#open(kind, String(id), value);
        if (opened === undefined) return [];
        return [{ kind, id: String(id), value: opened, expiresAt: Number(expires) }];
      } catch {
        return []; // of another key: nobody can use it any more
      }
    });
  }

  async ids(kind: RecordKind): Promise<readonly string[]> {
    return this.#run.ids.all(kind, this.#options.now()).map(({ id }) => String(id));
  }

  async loginChanges(since?: number): Promise<LoginChanges> {
    const span = this.#run.changeSpan.get();
    const [first, last] = [Number(span?.["first"]), Number(span?.["last"])];
    if (since === undefined || since === last) return { last, viewers: [] };
    // Forgotten meanwhile; or the file is an older one.
    if (since < first - 1 || since > last) return { last, viewers: undefined };
    return { last, viewers: this.#run.changed.all(since, last).map(({ id }) => String(id)) };
  }

  async delete(kinds: readonly RecordKind[], ids: readonly string[]): Promise<void> {
    this.#options.inTransaction(() => {
      for (const kind of kinds) for (const id of ids) this.#run.delete.run(kind, id);
    });
  }

  async deleteExpired(): Promise<void> {
    this.#run.expired.run(this.#options.now());
    this.#run.forget.run(keptChanges);
  }

  #putAll(records: readonly StoredRecord[]): void {
    for (const one of records) this.#run.put.run(one.kind, one.id, this.#seal(one), Math.ceil(one.expiresAt));
  }

  #seal({ kind, id, value }: StoredRecord): Buffer {
    return this.#options.sealer.seal(placeOf(kind, id), value);
  }

  #open(kind: RecordKind, id: string, value: unknown): Buffer | undefined {
    return value instanceof Uint8Array ? this.#options.sealer.open(placeOf(kind, id), value) : undefined;
  }
}

function placeOf(kind: RecordKind, id: string): string {
  return `records/${kind}/${id}`;
}
