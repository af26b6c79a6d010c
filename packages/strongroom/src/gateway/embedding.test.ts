import { expect, test } from "vitest";
import { GatewayUnderTest } from "../../../../tests/gateway/gateway-under-test.ts";
import { embeddersOf } from "./edge/embedders.ts";

const portal = "https://portal.example.com";
const app = "https://app.example.com";
const started = (embedders: readonly string[] = [portal]) =>
  GatewayUnderTest.start({ embedders, allowedOrigins: [app] });
const into = (dest: string, site = "cross-site") => ({
  host: "app.example.com",
  "sec-fetch-site": site,
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": dest,
});
const act = (cookie: string) => ({
  method: "POST",
  headers: { host: "app.example.com", origin: app, "sec-fetch-site": "same-origin", cookie },
});

test("a page names those who may frame it, each by its whole name, and nobody where none is listed", async () => {
  await using under = await started([portal, "https://intranet.example.com:8443"]);
  const { headers } = await under.fetch("/", { headers: into("iframe") });
  expect(headers["content-security-policy"]).toContain(
    `; frame-ancestors ${portal} https://intranet.example.com:8443;`,
  );
  expect(headers["x-frame-options"]).toBeUndefined();
  await using closed = await started([]);
  const alone = await closed.fetch("/", { headers: into("document") });
  expect(alone.headers["content-security-policy"]).toContain("; frame-ancestors 'none';");
  expect(alone.headers["x-frame-options"]).toBe("DENY");
  expect((await closed.fetch("/", { headers: into("iframe") })).status).toBe(403);
});

test("nothing but pages can be framed", async () => {
  await using under = await started();
  const { headers } = await under.fetch("/_strongroom/assets/main-ABCD1234.js", {
    headers: { host: "app.example.com" },
  });
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-frame-options"]).toBe("DENY");
  for (const dest of ["object", "embed", "frame", "fencedframe"])
    expect((await under.fetch("/", { headers: into(dest) })).status, dest).toBe(403);
  const bytes = await under.fetch(`/_strongroom/bytes/${"a".repeat(43)}`, { headers: into("iframe") });
  expect(bytes.status).toBe(403);
});

test("in a frame its cookie belongs to the page that frames it, and is taken for what it is", async () => {
  await using under = await started();
  const page = await under.fetch("/", { headers: into("iframe") });
  expect(page.headers["set-cookie"]).toEqual([
    expect.stringMatching(
      /^__Host-strongroom-viewer-framed=[\w-]{43}; Path=\/; SameSite=None; Partitioned; HttpOnly; Secure$/,
    ),
    expect.stringMatching(
      /^__Host-strongroom-served-framed=.*; SameSite=None; Partitioned; HttpOnly; Secure$/,
    ),
  ]);
  expect((await under.fetch("/_strongroom/ticket", act(page.cookie))).status).toBe(200);
  const foreign = { ...act(page.cookie).headers, origin: portal, "sec-fetch-site": "cross-site" };
  expect((await under.fetch("/_strongroom/ticket", { method: "POST", headers: foreign })).status).toBe(403);
  // On a page of its own it is somebody new, with the cookie that no other site's request brings along.
  const alone = await under.fetch("/", { headers: { ...into("document"), cookie: page.cookie } });
  expect(alone.headers["set-cookie"]?.[0]).toMatch(
    /^__Host-strongroom-viewer=[\w-]{43}; Path=\/; SameSite=Lax;/,
  );
});

test("who has the cookie of the app's own page goes on with that in a frame of the same site", async () => {
  await using under = await started();
  const own = await under.fetch("/", { headers: into("document", "none") });
  const framed = await under.fetch("/", { headers: { ...into("iframe", "same-site"), cookie: own.cookie } });
  expect(framed.headers["set-cookie"]).toEqual([expect.stringMatching(/^__Host-strongroom-served=/)]);
});

test("a cookie for frames is nobody's where frames are not allowed, and without TLS there is none", async () => {
  await using under = await started([]);
  const cookie = `__Host-strongroom-viewer-framed=${"a".repeat(43)}`;
  expect((await under.fetch("/_strongroom/ticket", act(cookie))).status).toBe(403);
  await using plain = await started();
  const { host: _, ...headers } = into("iframe", "same-site");
  const page = await plain.fetch("/", { headers });
  expect(page.headers["set-cookie"]?.[0]).toMatch(
    /^strongroom-viewer=[\w-]{43}; Path=\/; SameSite=Lax; HttpOnly$/,
  );
});

test.each([
  "*",
  "https://*",
  "https://*.com",
  "https://*.example.com",
  "http://portal.example.com",
  "https://portal.example.com/",
  "https://portal.example.com/path",
  "https://portal.example.com:443",
  "https://PORTAL.example.com",
  "https:",
  "'self'",
  "null",
  "https://a.example.com https://b.example.com",
  "https://a.example.com;script-src *",
])("%s is no origin that may frame the app", (text) => {
  expect(() => embeddersOf([text])).toThrow(expect.objectContaining({ code: "ERR_ORIGIN" }));
});

test("the server attacks itself also where it may be framed", async () => {
  await using under = await started();
  expect(await under.gateway.attackSelf()).toBeGreaterThan(50);
});
