import { BrokerError, LostConnection } from "../errors.ts";
import { onlyReads } from "../statement-kind.ts";
import { tlsError } from "../tls-files.ts";

/** Errors whose text names what stands in the query and in the schema, never a value. */
const telling = new Set([
  1046, 1048, 1049, 1051, 1052, 1054, 1055, 1064, 1072, 1091, 1103, 1111, 1136, 1140, 1146, 1149, 1205, 1213,
  1222, 1305, 1317, 1364, 1365, 1406, 1630,
]);
/** Broken rules: unique, not null, foreign key, check. */
const constraints = new Set([1022, 1048, 1062, 1216, 1217, 1364, 1451, 1452, 1557, 1586, 3819, 4025]);
/** A statement that was ended from outside, by the server's own clock, or by us. */
const ended = new Set([1317, 1969, 3024]);
/** The server goes away, or has no room. */
const gone = new Set([1040, 1053, 1077, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1927, 3168, 4031]);

/** A failed statement in words that hold no value. */
export function queryError(error: unknown, hasDied: boolean): BrokerError {
  if (error instanceof BrokerError) return error;
  const byTls = tlsError(error, "No connection to the database");
  if (byTls !== undefined) return byTls;
  const number = numberOf(error);
  if (ended.has(number))
    return new BrokerError("ERR_QUERY_TIMEOUT", "The query took too long and was ended.");
  if (number === 1792 || number === 1290) return onlyReads(error);
  if (hasDied || number === 0 || gone.has(number))
    return new LostConnection("The connection to the database was lost.", { cause: error });
  const words = wordsOf(error, number);
  if (constraints.has(number))
    return new BrokerError("ERR_QUERY_CONSTRAINT", `The database refused the change: ${words}.`, {
      cause: error,
    });
  return new BrokerError("ERR_QUERY_FAILED", `The database refused the query: ${words}.`, { cause: error });
}

function wordsOf(error: unknown, number: number): string {
  const text = error instanceof Error && "sqlMessage" in error ? String(error.sqlMessage) : "";
  if (telling.has(number)) return text.slice(0, 500).replace(/\.$/, "");
  // Of a text that quotes a value, only what follows it and names a key, a column or a rule.
  const name =
    /for key '([^']{1,200})'$/.exec(text)?.[1] ??
    /(?:for )?column (?:[`\w]+\.)*[`']?([^`'.]{1,200})[`']? at row \d+$/i.exec(text)?.[1] ??
    /^Out of range value for column '([^']{1,200})'/.exec(text)?.[1] ??
    /CONSTRAINT `([^`]{1,200})`/i.exec(text)?.[1];
  const where = name === undefined ? "" : ` at ${name}`;
  return `${constraints.has(number) ? "a rule of the table" : "an error whose text may hold values"}${where} (error ${number})`;
}

/** Why no connection could be opened, and what mends it. */
export function openError(error: unknown): BrokerError {
  if (error instanceof BrokerError) return error;
  const byTls = tlsError(error, "No connection to the database");
  if (byTls !== undefined) return byTls;
  return new LostConnection(`No connection to the database: ${openReason(error)}.`, { cause: error });
}

function openReason(error: unknown): string {
  const number = numberOf(error);
  if ([1044, 1045, 1130, 1698].includes(number))
    return "it refuses the user, the password, or our certificate (`user`, `password`, `ssl.cert`)";
  if (number === 1049) return "it has no such database (`database`)";
  if (number === 1040) return "it has no room for another connection; a smaller `pool` may help";
  if (number === 3159) return "it demands TLS";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "HANDSHAKE_NO_SSL_SUPPORT")
    return 'it does not speak TLS. Where the server is this machine, write ssl.mode = "off"';
  if (code === "ETIMEDOUT") return "it did not answer in time";
  if (/^E[A-Z]+$/.test(code)) return `${code} (\`host\`, \`port\`)`;
  return number === 0 ? "it ended the connection" : `error ${number}`;
}

function numberOf(error: unknown): number {
  return error instanceof Error && "errno" in error && typeof error.errno === "number" && error.errno > 0
    ? error.errno
    : 0;
}
