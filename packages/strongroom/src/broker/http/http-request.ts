import type { BrokerQuestion } from "../../wire/query.ts";
import { BrokerError } from "../errors.ts";
import { isHeaderName, isHeaderValue } from "./http-target.ts";

export type HttpRequest = Extract<BrokerQuestion, { kind: "http" }>;

/** They belong to the connection itself, or carry somebody's session. */
const ours = new Set(
  "host connection keep-alive transfer-encoding content-length te trailer upgrade expect cookie via forwarded".split(
    " ",
  ),
);

/** The URL of a request: below the connection's own, whatever stands in the path. */
export function urlOf(base: URL, { path, query }: HttpRequest): URL {
  const prefix = base.pathname.replace(/\/$/, "");
  // Letters that a URL does not hold as they are; % and all else stay.
  const encoded = path.replaceAll(/[^\x21-\x7e]|["<>`{}|^?#]/gu, encodeURIComponent);
  const url = new URL(base);
  url.pathname = prefix + encoded;
  if (hasDots(path) || url.origin !== base.origin || url.pathname !== prefix + encoded)
    throw refused(
      "The path of the request leads out of the connection's URL; write values as ${value}, not as parts of a path",
    );
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url;
}

/** True where a step is `..` or `.`, also once it was decoded as often as a careless server might. */
function hasDots(path: string): boolean {
  let text = path;
  for (let round = 0; round < 3; round++) {
    if (/[\\\0]/.test(text) || text.split("/").some((step) => step === ".." || step === ".")) return true;
    const next = text.replaceAll(/%(2e|2f|5c|25|00)/gi, (_, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
    if (next === text) return false;
    text = next;
  }
  return true;
}

/** The headers of a request; those that the operator gave stand above what an app says. */
export function headersOf(
  given: HttpRequest["headers"],
  operators: Readonly<Record<string, string>>,
): Record<string, string> {
  const headers: Record<string, string> = {
    accept: "*/*",
    "accept-encoding": "identity",
    "user-agent": "strongroom",
  };
  for (const [written, value] of given) {
    const name = written.toLowerCase();
    if (!isHeaderName(written) || !isHeaderValue(value))
      throw refused("A header has a name of letters, digits and -, and a value of one line");
    if (ours.has(name) || name.startsWith("proxy-") || name.startsWith("x-forwarded-"))
      throw refused(`The header ${name} is not a request's to set`);
    if (Object.hasOwn(operators, name)) throw refused(`The header ${name} is set by the connection`);
    headers[name] = value;
  }
  return { ...headers, ...operators };
}

export function bodyOf({ body }: HttpRequest): Buffer | undefined {
  if (body === undefined) return undefined;
  return "text" in body ? Buffer.from(body.text) : Buffer.from(body.bytes, "base64");
}

function refused(text: string): BrokerError {
  return new BrokerError("ERR_QUERY_REFUSED", `${text}.`);
}
