import type { ColumnHead } from "../wire/query-answer.ts";
import { queryLimits, type QueryValue } from "../wire/query.ts";
import { BrokerError } from "./errors.ts";

/** What an answer may hold. */
export interface AnswerLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
}

/** Takes the parts of an answer; settles when the next one may come. */
export type SendPart = (text: string) => Promise<void>;

/** A part is sent when it has about so many characters. */
const partChars = 250_000;

/** Gathers rows into parts, one list for each column, and counts what may not be more than it is. */
export class RowWriter {
  readonly send: SendPart;
  readonly limits: AnswerLimits;
  #columns: QueryValue[][] = [];
  #rows = 0;
  #chars = 0;
  #allRows = 0;
  #allChars = 0;

  constructor(send: SendPart, limits: AnswerLimits) {
    this.send = send;
    this.limits = limits;
  }

  async begin(columns: readonly ColumnHead[]): Promise<void> {
    this.#columns = columns.map(() => []);
    await this.send(JSON.stringify({ ok: true, columns }));
  }

  /** Adds a row; true when a part is full and `flush` is due. */
  add(row: readonly QueryValue[]): boolean {
    if (this.#allRows >= this.limits.maxRows) throw tooManyRows(this.limits.maxRows);
    let chars = 0;
    for (let index = 0; index < this.#columns.length; index++) {
      const value = row[index] ?? null;
      chars += charsOf(value);
      this.#columns[index]?.push(value);
    }
    this.#allRows++;
    this.#rows++;
    this.#chars += chars;
    this.#allChars += chars;
    if (this.#allChars > this.limits.maxBytes) throw tooManyBytes(this.limits.maxBytes);
    return this.#chars >= partChars || this.#rows >= queryLimits.partRows;
  }

  /** Sends what was gathered, and waits until it has been taken. */
  async flush(): Promise<void> {
    if (this.#rows === 0) return;
    const text = JSON.stringify({ ok: true, chunk: this.#columns });
    if (text.length > queryLimits.partChars) throw tooManyBytes(queryLimits.partChars);
    this.#columns = this.#columns.map(() => []);
    this.#rows = this.#chars = 0;
    await this.send(text);
  }
}

export function charsOf(value: QueryValue): number {
  if (typeof value === "string") return value.length + 3;
  if (typeof value !== "object" || value === null) return 8;
  for (const text of Object.values(value)) return String(text).length + 12;
  return 0;
}

function tooManyRows(most: number): BrokerError {
  return new BrokerError(
    "ERR_QUERY_TOO_LARGE",
    `The query has more than ${most} rows; add a limit to it, or raise \`maxRows\` of the query and of the connection.`,
  );
}

export function tooManyBytes(most: number): BrokerError {
  return new BrokerError(
    "ERR_QUERY_TOO_LARGE",
    `The answer has more than ${most / 1e6} MB; ask for fewer columns or rows, or raise \`maxBytes\` in its [connections] section.`,
  );
}
