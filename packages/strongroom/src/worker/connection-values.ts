import { queryLimits, type QueryValue as SentValue } from "../wire/query.ts";
import { badOption, StrongroomError } from "./errors.ts";

/** The name of a column or a table, checked by `db.identifier`. */
export class Identifier {
  readonly #name: string;

  /** Use `db.identifier`. */
  constructor(name: string) {
    this.#name = name;
    Object.freeze(this);
  }

  /** The name of a genuine one; nothing for what only looks like one. */
  static nameOf(value: unknown): string | undefined {
    return typeof value === "object" && value !== null && #name in value ? value.#name : undefined;
  }
}

/** A value that a database is given as it is. */
export type QueryScalar = null | undefined | string | number | boolean | bigint | Date | Uint8Array;

/**
 * What may stand in `${…}` or in `params`: a value, a list of values (`where id in (${ids})`), or a name from
 * `db.identifier`.
 */
export type QueryValue = QueryScalar | readonly QueryScalar[] | Identifier;

/** A statement cut where its values and names stand: one text more than these together. */
export interface Statement {
  readonly texts: string[];
  readonly values: SentValue[];
  /** Names, each with the number of its gap. */
  readonly names: [number, string][];
}

/** Puts a statement together from its texts and what stands between them; `nameOf` names a value in an error. */
export function statementOf(
  texts: readonly string[],
  values: readonly unknown[],
  nameOf: (index: number) => string,
): Statement {
  const statement: Statement = { texts: [texts[0] ?? ""], values: [], names: [] };
  for (const [index, value] of values.entries()) {
    addValue(statement, value, nameOf(index));
    addText(statement, texts[index + 1] ?? "");
  }
  if (statement.values.length <= queryLimits.values && statement.names.length <= queryLimits.names)
    return statement;
  throw new StrongroomError(
    "ERR_QUERY",
    `A query has at most ${queryLimits.values.toLocaleString("en")} values.`,
  );
}

function addValue(statement: Statement, value: unknown, name: string): void {
  const identifier = Identifier.nameOf(value);
  if (identifier !== undefined) return addName(statement, identifier);
  if (!Array.isArray(value)) return addScalar(statement, value, name);
  if (value.length === 0) {
    throw badOption(
      "connection",
      name,
      "a list of at least one value (`in ()` means nothing to a database); leave the query out where the list is empty",
    );
  }
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    if (index > 0) addText(statement, ", ");
    addScalar(statement, item, `${name}[${index}]`);
  }
}

function addScalar({ texts, values }: Statement, value: unknown, name: string): void {
  values.push(sentValue(value, name));
  texts.push("");
}

function addText({ texts }: Statement, text: string): void {
  texts.push(`${texts.pop() ?? ""}${text}`);
}

function addName({ texts, names }: Statement, name: string): void {
  names.push([texts.length - 1, name]);
  texts.push("");
}

function sentValue(value: unknown, name: string): SentValue {
  switch (typeof value) {
    case "string":
      // Text of half a character has no bytes in any database.
      if (value.isWellFormed()) return value;
      break;
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value)) return value;
      break;
    case "bigint":
      return { big: value.toString() };
    case "undefined":
      return null;
    case "object":
      if (value === null) return null;
      if (value instanceof Date && !Number.isNaN(value.getTime())) return { date: value.toISOString() };
      if (value instanceof Uint8Array)
        return { bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
      break;
    default:
  }
  throw badOption(
    "connection",
    name,
    "text, a number, true or false, a whole number (bigint), a date, bytes, null, or a list of these",
  );
}
