import { createHash } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  assetText,
  firstScript,
  GatewayUnderTest,
  type Page,
} from "../../../../tests/gateway/gateway-under-test.ts";
import { operations, upgrades } from "./operations.ts";
import type { Services } from "./services.ts";

let under: GatewayUnderTest;
beforeAll(async () => {
  under = await GatewayUnderTest.start();
});
afterAll(async () => {
  await under[Symbol.asyncDispose]();
});

const own = (): string => `http://${under.host}`;
const token = "a".repeat(43);

/** Writes bytes, and answers all that comes back until the connection is closed. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(under.gateway.port, "127.0.0.1", () => socket.write(text));
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
    // Nothing more is asked: who has answered all closes.
    socket.once("data", () => socket.end());
  });
}

function upgrade(
  headers: Record<string, string | undefined>,
  path = `/_strongroom/socket?ticket=${token}`,
): Promise<string> {
  const all: Record<string, string | undefined> = {
    Host: under.host,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return raw(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);

/** What must stand on every answer, of whatever kind. */
function expectAllHeaders(headers: Record<string, unknown>): void {
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "origin-agent-cluster": "?1",
    "x-frame-options": "DENY",
  });
  expect(headers["permissions-policy"]).toContain("camera=()");
  const policy = String(headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*|http:|https:/);
  expect(headers["x-powered-by"]).toBeUndefined();
  expect(headers["server"]).toBeUndefined();
  expect(headers["access-control-allow-origin"]).toBeUndefined();
  if (typeof headers["content-type"] === "string" && /^text|json/.test(headers["content-type"])) {
    expect(headers["content-type"]).toContain("charset=utf-8");
  }
}

function headersIn(answer: string): Record<string, string> {
  const lines = (answer.split("\r\n\r\n")[0] ?? "").split("\r\n").slice(1);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
}

describe("the table of operations", () => {
  // Only the policies are looked at here: what the operations would use is not there.
  const services = { sockets: {}, assets: {}, handles: {}, tickets: {} } as unknown as Services;
  const all = [...operations(services), ...upgrades(services)];
  const open = new Set([
    "health",
    "asset",
    "login callback",
    "logout by provider",
    "policy report",
    // For who may open the app, which is anybody where nothing else is said.
    "static file",
    // Shows nobody's, and does nothing until a frame has claimed it.
    "sign-in window",
    // Of who has signed in; it says so to all others.
    "own sign-ins page",
    "nothing",
    "own sign-ins page",
    "first page",
    "page",
  ]);

  test("says for each whom it lets in, from where and how", () => {
    for (const { name, policy } of all) {
      expect(policy.methods.length, name).toBeGreaterThan(0);
      // Browsers send reports without our `Origin`; nothing of them is read.
      const isReport = name === "policy report";
      // A provider's server has no `Origin` either: its token is signed.
      const isByProvider = name === "logout by provider";
      if (name !== "upload")
        expect(policy.maxBodyBytes, name).toBe(isReport ? 64_000 : isByProvider ? 20_000 : 0);
      const isAct = policy.methods.some((method) => method !== "GET" && method !== "HEAD");
      if (isAct && !isReport && !isByProvider)
        expect([policy.origin, policy.site], name).toEqual(["exact", "action"]);
      if (policy.host === "any") expect([name, policy.who]).toEqual(["health", "anyone"]);
      if (policy.who === "anyone" || policy.who === "visitor") expect(open.has(name), name).toBe(true);
    }
  });

  test("lets nobody without credentials in to more than what is open", async () => {
    for (const { name, path, policy } of all) {
      const concrete = path.replace("*", token);
      const method = policy.methods[0] ?? "GET";
      const answer = await under.fetch(concrete, { method });
      expectAllHeaders(answer.headers);
      if (!open.has(name)) expect([name, answer.status >= 400]).toEqual([name, true]);
      const foreign = await under.fetch(concrete, {
        method,
        headers: {
          origin: "https://evil.example",
          "sec-fetch-site": "cross-site",
          "sec-fetch-mode": "cors",
          "sec-fetch-dest": "empty",
        },
      });
      if (name !== "health") expect([name, foreign.status >= 400]).toEqual([name, true]);
      const rebound = await under.fetch(concrete, { method, headers: { host: "evil.example" } });
      if (name !== "health") expect([name, rebound.status]).toEqual([name, 421]);
    }
  });

  test("takes no method that an operation does not name", async () => {
    for (const { path, policy } of operations(services)) {
      for (const method of ["OPTIONS", "PUT", "DELETE", "PATCH", "POST", "PROPFIND", "TRACE", "GET"]) {
        if (policy.methods.some((known) => known === method)) continue;
        const answer = await under.fetch(path.replace("*", token), { method });
        expect([method, answer.status]).toEqual([method, 405]);
        expect(answer.headers.allow).toBe(policy.methods.join(", "));
        expectAllHeaders(answer.headers);
      }
    }
  });
});

describe("every answer carries every header", () => {
  test.each<readonly [string, () => Promise<Page>]>([
    ["a page", () => under.fetch("/")],
    ["a page asked by HEAD", () => under.fetch("/", { method: "HEAD" })],
    ["an unknown page", () => under.fetch("/nowhere")],
    ["an asset", () => under.fetch("/_strongroom/assets/main-ABCD1234.js")],
    [
      "an asset that has not changed",
      () => under.fetch("/_strongroom/assets/main-ABCD1234.js", { headers: { "if-none-match": "*" } }),
    ],
    ["an unknown asset", () => under.fetch("/_strongroom/assets/secret.txt")],
    ["health", () => under.fetch("/healthz")],
    ["a malformed address", () => under.fetch("/%")],
    ["a long address", () => under.fetch(`/?${"a".repeat(9_000)}`)],
    ["a foreign host", () => under.fetch("/", { headers: { host: "evil.example" } })],
    ["a body", () => under.fetch("/", { method: "POST", body: "x" })],
  ])("%s", async (_, ask) => {
    expectAllHeaders((await ask()).headers);
  });

  test("no parser error and no refused upgrade goes without", async () => {
    const answers = [
      await raw("NONSENSE\r\n\r\n"),
      await raw(`GET / HTTP/1.1\r\nHost: ${under.host}\r\nX: ${"a".repeat(20_000)}\r\n\r\n`),
      await upgrade({}),
      await upgrade({ Origin: "https://evil.example" }),
      await upgrade({ Origin: own() }, "/nowhere"),
      await raw(`CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n`),
    ];
    expect(answers.map(statusOf)).toEqual([400, 431, 403, 403, 404, 400]);
    for (const answer of answers) expectAllHeaders(headersIn(answer));
  });

  test.each(["/healthz", "/%", "/_strongroom/assets/main-ABCD1234.js", "/_strongroom/nothing"])(
    "%s is no page, and runs nothing even when it is opened as one",
    async (path) => {
      expect((await under.fetch(path)).headers["content-security-policy"]).toBe(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
      );
    },
  );

  test("a page's policy names its own nonce, and no source of code but our files and the first script", async () => {
    const [one, two] = [await under.fetch("/"), await under.fetch("/")];
    const policy = String(one.headers["content-security-policy"]);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    const hash = createHash("sha256").update(firstScript).digest("base64");
    expect(policy).toBe(
      `default-src 'none'; script-src 'self' 'sha256-${hash}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /_strongroom/csp-report`,
    );
    expect(one.body).toContain(`nonce="${nonce}"`);
    expect(String(two.headers["content-security-policy"])).not.toContain(nonce);
    const other = await under.fetch("/nothing-here");
    expect(String(other.headers["content-security-policy"])).toMatch(
      /; script-src 'self'; style-src 'self' 'nonce-/,
    );
    expect(one.headers["cache-control"]).toBe("no-store");
    expect(one.headers["vary"]).toContain("Cookie");
  });

  test("the viewer's cookie is opaque and says what it must, and so does that of the page for a moment", async () => {
    const { headers } = await under.fetch("/");
    expect(headers["set-cookie"]).toEqual([
      expect.stringMatching(/^strongroom-viewer=[A-Za-z0-9_-]{43}; Path=\/; SameSite=Lax; HttpOnly$/),
      expect.stringMatching(
        /^strongroom-served=[A-Za-z0-9_-]{43}\.1r; Path=\/; Max-Age=20; SameSite=Lax; HttpOnly$/,
      ),
    ]);
  });
});

describe("what is no request of ours", () => {
  const host = (): string => `Host: ${under.host}\r\n`;
  test.each<readonly [string, () => string, number]>([
    ["two hosts", () => `GET / HTTP/1.1\r\n${host()}Host: evil.example\r\n\r\n`, 400],
    ["no host", () => "GET / HTTP/1.1\r\n\r\n", 421],
    ["no host in HTTP/1.0", () => "GET / HTTP/1.0\r\n\r\n", 421],
    [
      "an absolute target",
      () => `GET http://evil.example/ HTTP/1.1\r\n${host()}Connection: close\r\n\r\n`,
      400,
    ],
    ["a target without a slash", () => `GET x HTTP/1.1\r\n${host()}Connection: close\r\n\r\n`, 400],
    ["an asterisk", () => `OPTIONS * HTTP/1.1\r\n${host()}Connection: close\r\n\r\n`, 400],
    [
      "a length and pieces",
      () =>
        `POST /_strongroom/ticket HTTP/1.1\r\n${host()}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    [
      "two lengths",
      () =>
        `POST /_strongroom/ticket HTTP/1.1\r\n${host()}Content-Length: 0\r\nContent-Length: 5\r\n\r\nGET /`,
      400,
    ],
    [
      "pieces",
      () =>
        `POST /_strongroom/ticket HTTP/1.1\r\n${host()}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`,
      413,
    ],
    ["a body on a GET", () => `GET / HTTP/1.1\r\n${host()}Content-Length: 5\r\n\r\nhello`, 413],
    [
      "a length that is none",
      () => `POST /_strongroom/ticket HTTP/1.1\r\n${host()}Content-Length: 0x10\r\n\r\n`,
      400,
    ],
    ["a folded header", () => `GET / HTTP/1.1\r\n${host()}X: a\r\n b\r\nConnection: close\r\n\r\n`, 400],
    ["a space before the colon", () => `GET / HTTP/1.1\r\nHost : ${under.host}\r\n\r\n`, 400],
    ["a NUL in a header", () => `GET / HTTP/1.1\r\n${host()}X: a\u0000b\r\n\r\n`, 400],
    ["bare line feeds", () => `GET / HTTP/1.1\nHost: ${under.host}\nTransfer-Encoding: x\n\n`, 400],
    ["an unknown protocol", () => `GET / HTTP/9.9\r\n${host()}\r\n`, 400],
    ["TLS", () => "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001", 400],
    [
      "two cookies",
      () => `GET / HTTP/1.1\r\n${host()}Cookie: a=1\r\nCookie: b=2\r\nConnection: close\r\n\r\n`,
      400,
    ],
  ])("%s is refused", async (_, request, status) => {
    const answer = await raw(request());
    expect(statusOf(answer)).toBe(status);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  test("a body that is cut off is the caller's failure, and none of the gateway's", async () => {
    const socket = connect(under.gateway.port, "127.0.0.1");
    const lines = [
      "POST /_strongroom/backchannel-logout HTTP/1.1",
      `Host: ${under.host}`,
      "Content-Length: 9",
    ];
    socket.end(`${lines.join("\r\n")}\r\n\r\nhalf`);
    socket.resume();
    await new Promise((resolve) => socket.on("close", resolve));
    expect(under.lines.filter((line) => line.includes("inside the gateway"))).toEqual([]);
  });

  test("and after all of it the gateway lives", async () => {
    expect((await under.fetch("/healthz")).body).toBe("ok\n");
  });
});

describe("opening a socket", () => {
  async function visitor() {
    const page = await under.fetch("/");
    return {
      cookie: page.cookie,
      ticket: page.boot.ticket,
      path: `/_strongroom/socket?ticket=${page.boot.ticket}`,
    };
  }

  test.each([
    undefined,
    "null",
    "https://evil.example",
    "http://127.0.0.1",
    "http://localhost.evil.example",
    "",
  ])("with the origin %j is refused", async (origin) => {
    const { cookie, path } = await visitor();
    const headers = origin === undefined ? {} : { Origin: origin };
    expect(statusOf(await upgrade({ Cookie: cookie, ...headers }, path))).toBe(403);
  });

  test("without a cookie, with another viewer's, or for another site's page is refused", async () => {
    const { cookie, path } = await visitor();
    const other = await visitor();
    expect(statusOf(await upgrade({ Origin: own() }, path))).toBe(403);
    expect(
      statusOf(await upgrade({ Origin: own(), Cookie: cookie, "Sec-Fetch-Site": "cross-site" }, path)),
    ).toBe(403);
    expect(statusOf(await upgrade({ Origin: own(), Cookie: other.cookie }, path))).toBe(403);
  });

  test("is possible once with a ticket", async () => {
    const page = await under.fetch("/");
    const tab = under.tab(page);
    await tab.connect(page.boot.ticket);
    await expect(under.tab(page).connect(page.boot.ticket)).rejects.toThrow("403");
    await expect(under.tab(page).connect("x")).rejects.toThrow("403");
  });

  test.each<readonly [string, Record<string, string | undefined>, number]>([
    ["another protocol", { Upgrade: "h2c" }, 400],
    ["another version", { "Sec-WebSocket-Version": "7" }, 400],
    ["no key", { "Sec-WebSocket-Key": undefined }, 400],
    ["a short key", { "Sec-WebSocket-Key": "abc" }, 400],
    ["the extension constructor", { "Sec-WebSocket-Extensions": "constructor; __proto__=1" }, 101],
  ])("with %s is answered clearly", async (_, headers, status) => {
    const { cookie, path } = await visitor();
    expect(statusOf(await upgrade({ Origin: own(), Cookie: cookie, ...headers }, path))).toBe(status);
    expect((await under.fetch("/healthz")).status).toBe(200);
  });

  test("a ticket is given to the app's own page only", async () => {
    const { cookie } = await visitor();
    const ask = (headers: Record<string, string>) =>
      under.fetch("/_strongroom/ticket", { method: "POST", headers });
    expect((await ask({ cookie, origin: own() })).status).toBe(200);
    expect((await ask({ cookie })).status).toBe(403);
    expect((await ask({ cookie, origin: "null" })).status).toBe(403);
    expect((await ask({ cookie, origin: "https://evil.example" })).status).toBe(403);
    expect((await ask({ cookie, origin: own(), "sec-fetch-site": "same-site" })).status).toBe(403);
    expect((await ask({ origin: own() })).status).toBe(403);
    expect((await ask({ cookie: `${cookie}; ${cookie}`, origin: own() })).status).toBe(403);
    expect((await under.fetch("/_strongroom/ticket", { headers: { cookie, origin: own() } })).status).toBe(
      405,
    );
  });
});

describe("assets", () => {
  test("are served for ever, packed as the browser likes", async () => {
    const plain = await under.fetch("/_strongroom/assets/main-ABCD1234.js");
    expect([plain.body, plain.headers["cache-control"]]).toEqual([
      assetText,
      "public, max-age=31536000, immutable",
    ]);
    for (const encoding of ["br", "gzip"]) {
      const packed = await under.fetch("/_strongroom/assets/main-ABCD1234.js", {
        headers: { "accept-encoding": encoding },
      });
      expect(packed.headers["content-encoding"]).toBe(encoding);
      expect(packed.body.length).toBeLessThan(plain.body.length / 4);
    }
  });

  test.each([
    "secret.txt",
    "left-over.js",
    "../manifest.json",
    "..%2fmanifest.json",
    "%2e%2e/render.js",
    "main-ABCD1234.js/",
    "__proto__",
    "constructor",
    "",
    "main-ABCD1234.JS",
    "C:/x",
  ])("%s is not one", async (name) => {
    expect((await under.fetch(`/_strongroom/assets/${name}`)).status).toBeGreaterThanOrEqual(400);
  });
});

test("an unknown page is a page in our look that repeats nothing of the address", async () => {
  const page = await under.fetch("/nowhere?%3Cscript%3Ealert(1)%3C/script%3E");
  expect([page.status, page.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
  expect(page.body).toContain("There is no such page");
  expect(page.body).not.toMatch(/nowhere|script/);
});

test("no token, cookie or query is ever logged", async () => {
  const page = await under.fetch("/?secretInQuery=1");
  const tab = under.tab(page);
  await tab.connect(page.boot.ticket);
  await tab.resume(1);
  const [, cookie = ""] = page.cookie.split("=");
  await upgrade(
    { Origin: "https://evil.example", Cookie: page.cookie },
    `/_strongroom/socket?ticket=${page.boot.ticket}`,
  );
  const log = under.lines.join("");
  expect(log).toContain('"event":"refused"');
  for (const secret of [page.boot.session, page.boot.ticket, cookie, "secretInQuery"])
    expect(log).not.toContain(secret);
});
