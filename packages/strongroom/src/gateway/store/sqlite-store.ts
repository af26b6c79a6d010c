import { closeSync, openSync, renameSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Logger } from "pino";
import { GatewayError } from "../errors.ts";
import { Sealer } from "./seal.ts";
import { recordsSetup, SqliteRecords } from "./sqlite-records.ts";
import type { SessionWrite, Store } from "./store.ts";

const schemaVersion = 1;
/** How long a write waits for another process that writes: longer would be felt by everybody. */
const busyMs = 250;
const guestBusyMs = 5_000;

const setup = `
  pragma journal_mode = wal;
  pragma synchronous = normal;
  create table if not exists sessions (id text primary key, head blob not null, used integer not null) strict, without rowid;
  create table if not exists states (id text primary key, state blob not null) strict;
  create index if not exists sessions_used on sessions (used);
  ${recordsSetup}
  pragma user_version = ${schemaVersion};
`;

const texts = {
  head: "insert into sessions (id, head, used) values (?, ?, ?) on conflict (id) do update set head = excluded.head, used = excluded.used",
  state: "insert into states (id, state) values (?, ?) on conflict (id) do update set state = excluded.state",
  get: "select head, state from sessions left join states using (id) where id = ?",
  touch: "update sessions set used = ? where id = ?",
  deleteHead: "delete from sessions where id = ?",
  deleteState: "delete from states where id = ?",
  unused: "select id from sessions where used < ? limit 10000",
} as const;

type Statements = { readonly [K in keyof typeof texts]: StatementSync };

export interface SqliteStoreOptions {
  readonly now?: () => number;
  readonly log?: Pick<Logger, "warn">;
  /** For who looks in beside a server: waits longer for its turn, and sets nothing aside. */
  readonly isGuest?: boolean;
}

/**
 * Keeps sessions in a file, each value encrypted. A process that is killed loses nothing that was written; a machine
 * that loses power may lose the last moments (WAL, `synchronous = normal`).
 */
export function sqliteStore(file: string, key: Buffer, options: SqliteStoreOptions = {}): Store {
  const { now = Date.now } = options;
  const database = openOrSetAside(file, options);
  const sealer = new Sealer(key);
  const statements = prepare(database);
  const inTransaction = (body: () => void): void => transaction(database, body);
  return {
    records: new SqliteRecords(database, { sealer, now, inTransaction }),
    async put(writes) {
      inTransaction(() => {
        for (const write of writes) putOne(statements, sealer, { ...write, usedAt: now() });
      });
    },
    async get(id) {
      const row = statements.get.get(id);
      if (row === undefined || !(row["head"] instanceof Uint8Array)) return undefined;
      const head = sealer.open(placeOf(id, "head"), row["head"]);
      const state =
        row["state"] instanceof Uint8Array ? sealer.open(placeOf(id, "state"), row["state"]) : undefined;
      return { head, state };
    },
    async delete(ids) {
      inTransaction(() => deleteAll(statements, ids));
    },
    async touch(ids) {
      inTransaction(() => {
        for (const id of ids) statements.touch.run(now(), id);
      });
    },
    async deleteUnusedSince(time) {
      const ids = statements.unused.all(time).map(({ id }) => String(id));
      if (ids.length > 0) inTransaction(() => deleteAll(statements, ids));
      return ids.length;
    },
    async close() {
      database.close();
    },
  };
}

function prepare(database: DatabaseSync): Statements {
  return {
    head: database.prepare(texts.head),
    state: database.prepare(texts.state),
    get: database.prepare(texts.get),
    touch: database.prepare(texts.touch),
    deleteHead: database.prepare(texts.deleteHead),
    deleteState: database.prepare(texts.deleteState),
    unused: database.prepare(texts.unused),
  };
}

function putOne(statements: Statements, sealer: Sealer, write: SessionWrite & { usedAt: number }): void {
  const { id, head, state, usedAt } = write;
  statements.head.run(id, sealer.seal(placeOf(id, "head"), head), usedAt);
  if (state !== undefined) statements.state.run(id, sealer.seal(placeOf(id, "state"), state));
}

function deleteAll(statements: Statements, ids: readonly string[]): void {
  for (const id of ids) {
    statements.deleteHead.run(id);
    statements.deleteState.run(id);
  }
}

/** Where a value stands: the associated data of its encryption. */
function placeOf(id: string, part: "head" | "state"): string {
  return `sessions/${id}/${part}`;
}

function transaction(database: DatabaseSync, body: () => void): void {
  database.exec("begin immediate");
  try {
    body();
    database.exec("commit");
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

/** Opens the file; one that is no database, or of another version, is kept under another name. */
function openOrSetAside(
  file: string,
  { now = Date.now, log, isGuest = false }: SqliteStoreOptions,
): DatabaseSync {
  try {
    return open(file, isGuest ? guestBusyMs : busyMs);
  } catch (error) {
    if (isGuest || !isDamaged(error)) throw cannotOpen(file, error);
  }
  const aside = `${file}.damaged-${now()}`;
  for (const part of ["", "-wal", "-shm"]) {
    try {
      renameSync(`${file}${part}`, `${aside}${part}`);
    } catch (error) {
      if (part === "") throw cannotOpen(file, error);
      // The side files need not be there.
    }
  }
  log?.warn(
    `The session store ${file} is damaged or of another version: it was moved to ${aside}, and a new one begins.`,
  );
  return open(file, busyMs);
}

function open(file: string, timeout: number): DatabaseSync {
  // Made by us, so that nobody else may read it, whatever the umask says; the side files take its mode over.
  if (file !== ":memory:") closeSync(openSync(file, "a", 0o600));
  const database = new DatabaseSync(file, { timeout, allowExtension: false, defensive: true });
  try {
    const version = database.prepare("pragma user_version").get()?.["user_version"];
    if (version !== 0 && version !== schemaVersion) throw new Damaged();
    database.exec(setup);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

class Damaged extends Error {}

function isDamaged(error: unknown): boolean {
  // SQLITE_CORRUPT and SQLITE_NOTADB.
  return (
    error instanceof Damaged ||
    (error instanceof Error && "errcode" in error && (error.errcode === 11 || error.errcode === 26))
  );
}

function cannotOpen(file: string, error: unknown): GatewayError {
  const why = error instanceof Error ? error.message : "unknown error";
  return new GatewayError(
    "ERR_STORE",
    `The session store ${file} cannot be opened (${why}). Make the file and its folder writable for this user.`,
    { cause: error },
  );
}
