import { BrokerError, LostConnection } from "../errors.ts";
import { onlyReads } from "../statement-kind.ts";
import { tlsError } from "../tls-files.ts";

/** What PostgreSQL says of an error; its text may quote values, the other fields name things. */
interface Said {
  readonly code: string;
  readonly message: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
}

/** Conditions under which the server goes away or is not there yet. */
const gone = /^(08|57P0[1-5]|53300)/;
/** Conditions whose text names what stands in the query and in the schema, never a value. */
const telling = /^(42|0A|3D|3F|23502|23503|23505|23514|23P01|22012|21|25P02|40P01|40001|55P03|54)/;
const system = /^E[A-Z]+$/;

/** A failed statement in words that hold no value. */
export function queryError(error: unknown): BrokerError {
  if (error instanceof BrokerError) return error;
  const byTls = tlsError(error, "No connection to the database");
  if (byTls !== undefined) return byTls;
  const said = saidOf(error);
  const message = error instanceof Error ? error.message : "";
  if (said === undefined || system.test(said.code) || /^Connection terminated|not queryable/i.test(message))
    return new LostConnection("The connection to the database was lost.", { cause: error });
  const { code } = said;
  if (gone.test(code))
    return new LostConnection(`The database ended the connection (SQLSTATE ${code}).`, { cause: error });
  if (code === "25006") return onlyReads(error);
  if (code === "57014") return new BrokerError("ERR_QUERY_TIMEOUT", "The query took too long and was ended.");
  if (code.startsWith("23"))
    return new BrokerError("ERR_QUERY_CONSTRAINT", `The database refused the change: ${wordsOf(said)}.`, {
      cause: error,
    });
  return new BrokerError("ERR_QUERY_FAILED", `The database refused the query: ${wordsOf(said)}.`, {
    cause: error,
  });
}

/** Why no connection could be opened, and what mends it. */
export function openError(error: unknown): BrokerError {
  if (error instanceof BrokerError) return error;
  const byTls = tlsError(error, "No connection to the database");
  if (byTls !== undefined) return byTls;
  const code = saidOf(error)?.code ?? "";
  const message = error instanceof Error ? error.message : "";
  return new LostConnection(`No connection to the database: ${openReason(code, message)}.`, {
    cause: error,
  });
}

function openReason(code: string, message: string): string {
  if (/does not support SSL/.test(message))
    return 'it does not speak TLS. Where the server is this machine, write ssl.mode = "off"';
  if (code.startsWith("28"))
    return "it refuses the user, the password, or our certificate (`user`, `password`, `ssl.cert`)";
  if (code === "3D000") return "it has no such database (`database`)";
  if (code === "53300") return "it has no room for another connection; a smaller `pool` may help";
  if (/timeout/i.test(message)) return "it did not answer in time";
  if (system.test(code)) return `${code} (\`host\`, \`port\`)`;
  return code === "" ? "it ended the connection" : `SQLSTATE ${code}`;
}

function wordsOf(said: Said): string {
  if (telling.test(said.code)) return said.message.slice(0, 500);
  const names = [said.table, said.column, said.constraint].filter((name) => name !== undefined);
  const where = names.length === 0 ? "" : ` at ${names.join(", ")}`;
  const what = said.code.startsWith("22") ? "a value does not fit" : "an error whose text may hold values";
  return `${what}${where} (SQLSTATE ${said.code})`;
}

function saidOf(error: unknown): Said | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  const { code, message } = error;
  const name = (key: string): string | undefined => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === "string" ? value : undefined;
  };
  const [table, column, constraint] = [name("table"), name("column"), name("constraint")];
  return {
    code,
    message,
    ...(table === undefined ? {} : { table }),
    ...(column === undefined ? {} : { column }),
    ...(constraint === undefined ? {} : { constraint }),
  };
}
