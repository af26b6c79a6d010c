import { badOption } from "../../worker/errors.ts";
import { secretOutline } from "../../worker/secrets.ts";
import { showContainer } from "../container.ts";
import { dataframe } from "../dataframe/dataframe.server.ts";
import { exception } from "../exception/exception.server.ts";
import { exceptionSpec } from "../exception/exception.schema.ts";
import { showJson } from "../json/json.server.ts";
import { jsonSpec } from "../json/json.schema.ts";
import { showMarkdown } from "../markdown/markdown.server.ts";
import { markdownSpec } from "../markdown/markdown.schema.ts";
import type { TableInput } from "../table-data.server.ts";
import { isPending } from "../check-options.server.ts";
import { writeSpec } from "./write.schema.ts";

/**
 * Shows any values, each by what it is: text as Markdown, numbers and dates as text beside it, a list of row objects (or
 * `{ columns, rows }`) as a table, other lists, objects, maps and sets as a tree, an error with its place.
 */
export function write(...values: readonly unknown[]): void {
  const parts = partsOf(values);
  if (parts.length === 0) return;
  if (parts.length === 1) return parts[0]?.();
  // Together, so that they take one slot of an `st.empty()`.
  showContainer(writeSpec, {}).with(() => parts.forEach((show) => show()));
}

/** What there is to show, words that follow each other joined. */
function partsOf(values: readonly unknown[]): readonly (() => void)[] {
  const parts: (() => void)[] = [];
  let words: string[] = [];
  const flush = (): void => {
    const text = words.join(" ");
    if (words.length > 0) parts.push(() => showMarkdown("write", text));
    words = [];
  };
  for (const value of values) {
    const word = wordOf(value);
    if (word !== undefined) words.push(word);
    else {
      flush();
      parts.push(shownAs(value));
    }
  }
  flush();
  return parts;
}

/** A value that is read in a sentence. */
function wordOf(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "undefined":
      return "`undefined`";
    case "symbol":
      return `\`${String(value)}\``;
    case "function":
      return `\`ƒ ${value.name === "" ? "anonymous" : value.name}\``;
    case "object":
      if (value === null) return "`null`";
      return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
  }
}

function shownAs(value: unknown): () => void {
  const outline = secretOutline(value);
  if (outline !== undefined) return () => showJson("write", outline);
  if (value instanceof Error) return () => exception(value);
  if (isToCome(value))
    throw badOption("write", "values", "what is there; this is still to come: write `await` before it");
  if (isTable(value)) return () => dataframe(value);
  return () => showJson("write", value);
}

function isToCome(value: unknown): boolean {
  return isPending(value) || (typeof value === "object" && value !== null && Symbol.asyncIterator in value);
}

function isTable(value: unknown): value is TableInput {
  if (Array.isArray(value)) return value.length > 0 && value.every(isRow);
  const { columns, rows } = value as { columns?: unknown; rows?: unknown };
  return Array.isArray(columns) && Array.isArray(rows) && rows.every((row) => Array.isArray(row));
}

function isRow(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

write.specs = [writeSpec, markdownSpec, jsonSpec, exceptionSpec, ...dataframe.specs] as const;
