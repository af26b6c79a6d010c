/** Requests of `http` connections: paths whose values stay values, and headers that end where they should. */
import { queryLimits, type BrokerRequest } from "../wire/query.ts";
import { badOption } from "./errors.ts";

type HttpRequest = Extract<BrokerRequest, { kind: "http" }>;

/** What may stand in a path: text or a number, never empty. */
export type PathValue = string | number | bigint;

/** What may stand in a query string; a list repeats its name, `undefined` leaves it out. */
export type QueryStringValue = string | number | bigint | boolean | undefined;

/** A path from its texts and the values between them, each percent-encoded into what cannot leave its place. */
export function pathOf(texts: readonly string[], values: readonly unknown[]): string {
  let path = texts[0] ?? "";
  for (const [index, value] of values.entries())
    path += `${encodedValue(value, `value ${index + 1}`)}${texts[index + 1] ?? ""}`;
  return checkedPath(texts, path);
}

/** A path whose `/:names` get their values from `params`. */
export function namedPath(text: string, params: Readonly<Record<string, unknown>>): string {
  const texts: string[] = [];
  const values: unknown[] = [];
  let from = 0;
  for (const { 0: whole, 1: name = "", index } of text.matchAll(/(?<=\/):([A-Za-z_]\w*)/g)) {
    if (!Object.hasOwn(params, name))
      throw badOption("connection", "params", `given a value for \`:${name}\`, which the path names`);
    texts.push(text.slice(from, index));
    values.push(params[name]);
    from = index + whole.length;
  }
  return pathOf([...texts, text.slice(from)], values);
}

function encodedValue(value: unknown, name: string): string {
  const text = typeof value === "boolean" ? undefined : scalarText(value);
  // Empty, it would leave the path of something else: `/orders/` instead of `/orders/7`.
  if (text === undefined || text === "")
    throw badOption("connection", name, "text that is not empty, or a number");
  return encodeURIComponent(text);
}

function checkedPath(texts: readonly string[], path: string): string {
  if (!path.startsWith("/") || path.startsWith("//"))
    throw badOption(
      "connection",
      "path",
      'one that begins with one "/": it lies below the url of the connection',
    );
  if (texts.some((text) => /[?#\\\s]|[^\x21-\x7e]|%(?![0-9a-f]{2})/i.test(text)))
    throw badOption(
      "connection",
      "path",
      'written without "?", "#", "\\", spaces and letters beyond ASCII; what follows a question mark is given as `query`',
    );
  // No encoding helps: whoever reads a URL takes `%2e%2e` for `..`, too.
  if (path.split("/").some((step) => /^(?:\.|%2e){1,2}$/i.test(step)))
    throw badOption("connection", "path", 'one without "." or ".." as a step, not even from a value');
  if (path.length > queryLimits.pathChars)
    throw badOption("connection", "path", `at most ${queryLimits.pathChars.toLocaleString("en")} characters`);
  return path;
}

/** The pairs of a query string. */
export function queryPairs(query: Readonly<Record<string, unknown>>): [string, string][] {
  const pairs: [string, string][] = [];
  for (const [name, value] of Object.entries(query)) {
    for (const item of (Array.isArray(value) ? value : [value]) as readonly unknown[]) {
      if (item === undefined) continue;
      const text = scalarText(item);
      if (text === undefined)
        throw badOption("connection", `query.${name}`, "text, a number, true or false, or a list of these");
      pairs.push([name, text]);
    }
  }
  return pairs;
}

/** A scalar as it stands in a URL; nothing for what is none. */
function scalarText(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? value : undefined;
    case "number":
      return Number.isFinite(value) ? String(value) : undefined;
    case "bigint":
    case "boolean":
      return String(value);
    default:
      return undefined;
  }
}

/** Names of headers that say how a message travels, or for whom: they are the broker's. */
const reserved =
  /^(?:authorization|connection|content-length|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|via)$/;

/** Headers by name, checked: no line break in a value can begin another header. */
export function headerPairs(headers: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(headers).map(([name, value]) => {
    const lower = name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower))
      throw badOption("connection", "headers", "an object whose names are letters, digits and dashes");
    if (reserved.test(lower)) {
      throw badOption(
        "connection",
        `headers["${lower}"]`,
        "left out: the broker sets it. Credentials stand in the connection's settings (`token`, `headers`)",
      );
    }
    if (
      typeof value !== "string" ||
      !/^[\t\x20-\x7e]*$/.test(value) ||
      value.length > queryLimits.headerChars
    )
      throw badOption("connection", `headers["${lower}"]`, "one line of ASCII text");
    return [lower, value];
  });
}

/** What a request carries. */
export interface BodyOptions {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; name its type by `headers: { "content-type": … }`. */
  readonly body?: string | Uint8Array;
}

/** The body, and the type that it has by itself. */
export function bodyOf({ json, body }: BodyOptions): {
  body?: NonNullable<HttpRequest["body"]>;
  type: string | undefined;
} {
  if (json !== undefined) {
    if (body !== undefined) throw badOption("connection", "body", "left out where `json` is given");
    const text = JSON.stringify(json) as string | undefined;
    if (text === undefined) throw badOption("connection", "json", "what JSON can hold");
    return { body: { text }, type: "application/json" };
  }
  if (body === undefined) return { type: undefined };
  if (typeof body === "string") return { body: { text: body }, type: "text/plain; charset=utf-8" };
  if (!(body instanceof Uint8Array)) throw badOption("connection", "body", "text or bytes");
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("base64");
  return { body: { bytes }, type: "application/octet-stream" };
}
