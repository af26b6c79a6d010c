import {
  brokerAnswerSchema,
  type BrokerEnd,
  type BrokerResult,
  type ColumnHead,
} from "../wire/query-answer.ts";
import { queryLimits, type QueryValue } from "../wire/query.ts";
import { decodeText } from "../wire/schema.ts";
import { StrongroomError } from "./errors.ts";

/** Puts the parts of one answer together. */
export class BrokerAnswerReader {
  #columns: readonly ColumnHead[] = [];
  #values: unknown[][] = [];

  /** Takes the next part; answers the whole with the last one. Throws what the broker refused, in its words. */
  take(text: string): BrokerResult | undefined {
    const decoded = decodeText(brokerAnswerSchema, text, queryLimits.partChars);
    if (!decoded.ok) throw unreadable();
    const part = decoded.value;
    if (!part.ok) throw new StrongroomError(part.code, part.message);
    if ("end" in part) return this.#whole(part);
    if ("columns" in part) {
      this.#columns = part.columns;
      this.#values = part.columns.map(() => []);
    } else this.#add(part.chunk);
    return undefined;
  }

  #add(chunk: readonly (readonly QueryValue[])[]): void {
    if (chunk.length !== this.#columns.length) throw unreadable();
    for (const [index, values] of chunk.entries()) {
      if (values.length !== chunk[0]?.length) throw unreadable();
      const column = this.#values[index] ?? [];
      for (const value of values) column.push(fromQueryValue(value));
    }
  }

  #whole({ changed, status, headers = [], body = "", result }: BrokerEnd): BrokerResult {
    return {
      columns: this.#columns,
      values: this.#values,
      changed,
      ...(status === undefined ? {} : { http: { status, headers, body: fromBase64(body) } }),
      ...(result === undefined ? {} : { result }),
    };
  }
}

/** A broker's value as the author reads it. */
export function fromQueryValue(value: QueryValue): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("big" in value) return BigInt(value.big);
  if ("bytes" in value) return fromBase64(value.bytes);
  if ("date" in value) return new Date(value.date);
  try {
    return JSON.parse(value.json);
  } catch {
    throw unreadable();
  }
}

/** Bytes of their own: a Buffer's could be a slice of what others share. */
function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "base64"));
}

function unreadable(): StrongroomError {
  return new StrongroomError("ERR_CONNECTION", "The broker's answer could not be read.");
}
