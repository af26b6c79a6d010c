import type { QueryValue } from "../wire/query.ts";
import type { RowWriter } from "./answer.ts";
import type { Dialect } from "./dialect.ts";
import type { Statement } from "./statement.ts";

/** A statement on its way to a database. */
export interface Query {
  readonly statement: Statement;
  readonly values: readonly QueryValue[];
}

export interface Outcome {
  /** Rows that were changed, where the statement changes some. */
  readonly changed: number | undefined;
}

/** What a driver has to do: one folder each, one line in `engines.ts`. */
export interface Engine {
  readonly dialect: Dialect;
  /** Opens a connection. Throws `LostConnection` where another try may help. */
  open(): Promise<EngineSession>;
  /** Lets go of what all of its connections share. */
  close(): void | Promise<void>;
}

/** One connection to a database: it does one thing at a time. */
export interface EngineSession {
  /** False once it cannot be used again. */
  readonly isUsable: boolean;
  /** Runs a statement in a transaction of its own, or in the one that was begun; throws `BrokerError`. */
  run(query: Query, writer: RowWriter): Promise<Outcome>;
  begin(): Promise<void>;
  /** Throws when the database rolled back instead. */
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Ends what runs now, which then throws; settles when the database has been told. */
  cancel(): Promise<void>;
  close(): void | Promise<void>;
}
