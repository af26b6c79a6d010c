import type { Dice } from "../../chaos/dice.ts";
import { mangle } from "./mangle.ts";

/** What an attacker has who was let in like anybody. */
export interface Known {
  /** As in `Host`. */
  readonly host: string;
  readonly cookie: string;
  readonly session: string;
  readonly ticket: string;
  /** A download that waits to be fetched. */
  readonly handle: string;
  /** Of a sign-in that has begun. */
  readonly state: string;
  readonly issuer: string;
  /** As a provider might send one that ends sign-ins. */
  readonly token: string;
}

type Header = readonly [name: string, value: string];
interface Request {
  readonly line: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

const token = "A".repeat(43);

/** Requests as our pages make them. */
function seeds({
  host,
  cookie,
  ticket,
  handle,
  state,
  issuer,
  token: signed,
}: Known): readonly [Request, ...Request[]] {
  const common: readonly Header[] = [
    ["Host", host],
    ["Cookie", cookie],
  ];
  const own: readonly Header[] = [
    ...common,
    ["Origin", `http://${host}`],
    ["Sec-Fetch-Site", "same-origin"],
    ["Sec-Fetch-Mode", "cors"],
    ["Sec-Fetch-Dest", "empty"],
  ];
  /** As the browser sends a form of a page without scripts. */
  const form: readonly Header[] = [
    ...common,
    ["Origin", `http://${host}`],
    ["Sec-Fetch-Site", "same-origin"],
    ["Sec-Fetch-Mode", "navigate"],
    ["Sec-Fetch-Dest", "document"],
  ];
  const upgrade: readonly Header[] = [
    ["Connection", "Upgrade"],
    ["Upgrade", "websocket"],
    ["Sec-WebSocket-Version", "13"],
    ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
  ];
  const get = (path: string, headers = common): Request => ({
    line: `GET ${path} HTTP/1.1`,
    headers,
    body: "",
  });
  const sent = (line: string, body: string, headers = own): Request => ({
    line: `${line} HTTP/1.1`,
    headers: [...headers, ["Content-Length", String(body.length)]],
    body,
  });
  return [
    get("/"),
    get("/healthz"),
    get("/orders?id=7&tab=open"),
    get("/_strongroom/assets/main.js", [...common, ["Accept-Encoding", "br;q=1.0, gzip;q=0"]]),
    get(`/_strongroom/bytes/${token}`, [...own, ["Range", "bytes=0-10,20-"], ["If-Range", '"x"']]),
    get(`/_strongroom/bytes/${handle}`, [...own, ["Range", "bytes=0-10"]]),
    get(`/_strongroom/socket?ticket=${ticket}`, [...own, ...upgrade]),
    get(`/oauth2callback?code=c&state=${token}&iss=https%3A%2F%2Fa.example`),
    get(`/oauth2callback?code=c&state=${state}&iss=${encodeURIComponent(issuer)}`),
    get("/_strongroom/logins", own),
    get("/_strongroom/sign-ins"),
    sent("POST /_strongroom/ticket", ""),
    sent(`POST /_strongroom/login?ticket=${ticket}&to=%2F`, ""),
    sent(`POST /_strongroom/logout?ticket=${ticket}`, ""),
    sent(`POST /_strongroom/login?ticket=${ticket}&to=%2F`, "", form),
    sent(`POST /_strongroom/logout?ticket=${ticket}`, "", form),
    sent(`POST /_strongroom/logins/end?ticket=${ticket}&id=${token}`, "", form),
    sent(`POST /_strongroom/logins/end-others?ticket=${ticket}`, ""),
    sent("POST /_strongroom/csp-report", '{"csp-report":{"document-uri":"/"}}'),
    ...["a.b.c", signed].map((one) =>
      sent("POST /_strongroom/backchannel-logout", `logout_token=${one}`, [
        ...common,
        ["Content-Type", "application/x-www-form-urlencoded"],
      ]),
    ),
    sent(`PUT /_strongroom/upload/${token}`, "a,b\n1,2\n", [
      ...own,
      ["X-Strongroom-Ticket", ticket],
      ["X-Strongroom-Name", "data.csv"],
    ]),
    sent(`DELETE /_strongroom/uploaded/${token}/f-${token}`, ""),
  ];
}

/** One request that no browser makes: bytes as text, a character each. */
export function malformedRequest(known: Known, throws: Dice): string {
  const seed = throws.pick(seeds(known));
  switch (throws.roll(6)) {
    case 0: // somewhere in its bytes
      return mangle(written(seed), throws);
    case 1:
      return written({ ...seed, line: mangle(seed.line, throws) });
    case 2:
      return written({ ...seed, headers: withOddHeader(seed.headers, throws) });
    case 3: // its cookies
      return written({ ...seed, headers: withOddCookie(seed.headers, throws) });
    case 4:
      return written({ ...seed, ...inPieces(seed, throws) });
    default: // its body, which is then shorter or longer than it says
      return written({ ...seed, body: mangle(seed.body, throws) });
  }
}

function written({ line, headers, body }: Request): string {
  return `${[line, ...headers.map(([name, value]) => `${name}: ${value}`)].join("\r\n")}\r\n\r\n${body}`;
}

function withOddHeader(headers: readonly Header[], throws: Dice): readonly Header[] {
  const at = throws.roll(headers.length);
  const [name, value] = headers[at] ?? ["Host", ""];
  const odd: readonly [Header, ...Header[]] = [
    [mangle(name, throws), value],
    [name, mangle(value, throws)],
    [name, `${value}, ${value}`],
    [`${name} `, value],
    [name, `\r\n ${value}`],
    ["X-Forwarded-For", mangle("10.0.0.1, 127.0.0.1", throws)],
    ["Expect", throws.pick(["100-continue", "200-ok"])],
    ["Content-Length", throws.pick(["-1", "+5", "5, 5", "0x5", "99999999999999999999", "5\t6"])],
  ];
  const one = throws.pick(odd);
  return throws.roll(2) === 0 ? headers.with(at, one) : [...headers, one];
}

function withOddCookie(headers: readonly Header[], throws: Dice): readonly Header[] {
  const [, cookie = ""] = headers.find(([name]) => name === "Cookie") ?? [];
  const odd = throws.pick([
    mangle(cookie, throws),
    `${cookie}; ${cookie}`,
    `${mangle(cookie, throws)}; ${cookie}`,
    Array.from({ length: 1 + throws.roll(200) }, (_, n) => `c${n}=${throws.roll(9)}`).join("; "),
    `strongroom-viewer=in.${mangle(token, throws)}; strongroom-sign-in=${mangle(token, throws)}`,
    `strongroom-resume=${mangle(token, throws)}; ${cookie}`,
  ]);
  return headers.map((header) => (header[0] === "Cookie" ? ["Cookie", odd] : header));
}

/** A body in chunks (RFC 9112, 7.1), as often as not damaged ones. */
function inPieces({ headers, body }: Request, throws: Dice): Pick<Request, "headers" | "body"> {
  const size = throws.pick([body.length.toString(16), "ffffffffffffffff", "-1", "0x5", "5;a=b", "g", ""]);
  const kept = throws.roll(2) === 0 ? headers : headers.filter(([name]) => name !== "Content-Length");
  return {
    headers: [
      ...kept,
      ["Transfer-Encoding", throws.pick(["chunked", "chunked, chunked", "gzip", "\vchunked"])],
    ],
    body: mangle(`${size}\r\n${body}\r\n0\r\n\r\n`, throws),
  };
}
