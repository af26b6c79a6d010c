/** What the server tries on itself, as data: each request and the answer that it must get. */
import type { Policy } from "../operation.ts";
import { newToken } from "../tokens.ts";
import { newViewer } from "../viewer-cookie.ts";
import type { Place } from "./raw-client.ts";

export interface Attempt {
  readonly name: string;
  /** The whole request, as it is sent. */
  readonly request: string;
  /** Any other answer is a hole. */
  readonly expected: readonly number[];
}

/** An operation or a way into a socket, as far as it must be known to be attacked. */
export interface Target {
  readonly name: string;
  readonly path: string;
  readonly policy: Policy;
  /** It opens a socket. */
  readonly upgrade?: unknown;
}

type Headers = Readonly<Record<string, string>>;

/** Stands in a request where a ticket is to be put. */
export const freshTicket = "(ticket)";
const stranger = "attacker.example";

/** How requests to one place are written. */
export class Writer {
  readonly host: string;
  readonly origin: string;
  readonly cookie: string;
  readonly #base: string;

  constructor({ host, port, secure, base }: Place) {
    this.#base = base;
    const name = host.includes(":") ? `[${host}]` : host;
    // As browsers do: the scheme's own port is not written.
    const { host: written, origin } = new URL(`${secure ? "https" : "http"}://${name}:${port}`);
    this.host = written;
    this.origin = origin;
    this.cookie = newViewer({ secure, base, framed: false }).setCookie.split(";")[0] ?? "";
  }

  /** One request; a header that is empty is left out. */
  write(line: string, headers: Headers = {}, body = ""): string {
    const all = { Host: this.host, Connection: "close", ...headers };
    const lines = Object.entries(all).flatMap(([name, value]) => (value === "" ? [] : [`${name}: ${value}`]));
    const below = line.replace(" /", () => ` ${this.#base}/`);
    return `${below} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
  }

  /** As a page of ours would ask for an act. */
  get own(): Headers {
    return { Cookie: this.cookie, Origin: this.origin, "Sec-Fetch-Site": "same-origin" };
  }
}

/** Acts that come from elsewhere by their nature: what they may do is little, or proven otherwise. */
const fromOthers: ReadonlySet<string> = new Set(["policy report", "logout by provider"]);

/** Told by what it does, not by what guards it: a guard that is left out must not leave out the attack. */
function isAct({ policy, upgrade: opens }: Target): boolean {
  return opens !== undefined || policy.methods.some((method) => method !== "GET" && method !== "HEAD");
}

/** Everything that must not get in: at each operation that changes something, and at the gate. */
export function attempts(writer: Writer, targets: readonly Target[]): readonly Attempt[] {
  const acts = targets.filter((one) => !fromOthers.has(one.name) && isAct(one));
  return [...acts.flatMap((target) => atAct(writer, target)), ...atGate(writer)];
}

function atAct(writer: Writer, { name, path, policy, upgrade: opens }: Target): readonly Attempt[] {
  const method = policy.methods.find((one) => one !== "GET" && one !== "HEAD") ?? "GET";
  // A socket is tried with a ticket that would open it: what refuses it then is the guard that is meant.
  const where = `${method} ${path.replace("*", newToken())}${opens === undefined ? "" : `?ticket=${freshTicket}`}`;
  const own: Headers = { ...writer.own, ...(opens === undefined ? { "Content-Length": "0" } : upgrade()) };
  const tried: readonly [string, Headers, number][] = [
    ["without an Origin", { Origin: "" }, 403],
    ["from another origin", { Origin: `https://${stranger}`, "Sec-Fetch-Site": "" }, 403],
    ["from an origin that begins like ours", { Origin: `${writer.origin}.${stranger}` }, 403],
    ["from no origin", { Origin: "null", "Sec-Fetch-Site": "" }, 403],
    ["by another site's page", { "Sec-Fetch-Site": "cross-site" }, 403],
    ["under another host's name", { Host: stranger, Origin: `http://${stranger}` }, 421],
    ["without a cookie", { Cookie: "" }, 403],
    ["with a body in pieces", { "Content-Length": "", "Transfer-Encoding": "chunked" }, 413],
  ];
  return tried.map(([how, change, status]) => ({
    name: `${name} ${how}`,
    request: writer.write(where, { ...own, ...change }, "Transfer-Encoding" in change ? "0\r\n\r\n" : ""),
    expected: [status],
  }));
}

/** Every request with these is refused before any operation is asked. */
function atGate(writer: Writer): readonly Attempt[] {
  return gateTable(writer).map(([name, line, headers, expected]) => ({
    name,
    request: writer.write(line, headers),
    expected,
  }));
}

function gateTable(writer: Writer): readonly [string, string, Headers, readonly number[]][] {
  const assets = "/_strongroom/assets";
  const cookie = { Cookie: writer.cookie };
  const token = newToken();
  return [
    ["a page under another host's name", "GET /", { Host: stranger }, [421]],
    ["a page without a host", "GET /", { Host: "" }, [400, 421]],
    ["a path upwards", "GET /../../../etc/passwd", {}, [400]],
    ["a path upwards, escaped", `GET ${assets}/%2e%2e/%2e%2e/manifest.json`, {}, [400]],
    ["a path upwards, its slash escaped", `GET ${assets}/..%2f..%2fmanifest.json`, {}, [400]],
    ["a path upwards, escaped twice", `GET ${assets}/%252e%252e/manifest.json`, {}, [404]],
    ["a path with backslashes", `GET ${assets}/..\\..\\manifest.json`, {}, [400]],
    ["a path of another server", "GET //etc/passwd", {}, [400]],
    ["a whole address", `GET http://${stranger}/`, {}, [400]],
    ["the page's source", `GET ${assets}/app.ts`, {}, [404]],
    ["a header that stands twice", `GET ${assets}/x`, { cookie: "a=b", Cookie: "c=d" }, [400]],
    ["an echo of the request", "TRACE /", {}, [405]],
    ["a method that is not meant", "DELETE /", cookie, [405]],
    ["a form sent to a page", "POST /", { ...cookie, "Content-Length": "0" }, [405]],
    ["bytes of another viewer", `GET /_strongroom/bytes/${token}`, cookie, [404]],
    ["bytes without a cookie", `GET /_strongroom/bytes/${token}`, {}, [403]],
    [
      "bytes by another site's page",
      `GET /_strongroom/bytes/${token}`,
      { ...cookie, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" },
      [403],
    ],
    [
      "a socket with a forged ticket",
      `GET /_strongroom/socket?ticket=${token}`,
      { ...writer.own, ...upgrade() },
      [403],
    ],
    ["a socket without a ticket", "GET /_strongroom/socket", { ...writer.own, ...upgrade() }, [403]],
  ];
}

export function upgrade(): Headers {
  const key = Buffer.from(newToken()).toString("base64").slice(0, 22);
  return {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": `${key}==`,
  };
}
