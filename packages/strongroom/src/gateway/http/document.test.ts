import { brotliDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { GatewayUnderTest } from "../../../../../tests/gateway/gateway-under-test.ts";
import { startGateway } from "../gateway.ts";
import { createLog } from "../log.ts";
import { memoryStore } from "../store/memory-store.ts";

describe("the first document", () => {
  test("comes while the run goes on, once there is something to show", async () => {
    await using under = await GatewayUnderTest.start({ patience: { forRunMs: 20, forAnythingMs: 5_000 } });
    under.pool.hangs = true;
    const asked = under.fetch("/");
    while (under.pool.placed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    under.pool.last.run("tree", undefined);
    const page = await asked;
    expect(page.boot.messages).toMatchObject([{ t: "tree", tree: 1 }]);
    expect(page.boot.messages[0]?.done).toBeUndefined();
    const tab = under.tab(page);
    under.pool.last.run("patch", 0);
    await tab.connect(page.boot.ticket);
    await tab.resume(1);
    expect(await tab.hear("tree")).toMatchObject({ tree: 3 });
  });

  test("comes without anything when nothing is to be had for long", async () => {
    await using under = await GatewayUnderTest.start({ patience: { forRunMs: 10, forAnythingMs: 50 } });
    under.pool.hangs = true;
    const page = await under.fetch("/");
    expect([page.status, page.boot.messages]).toEqual([200, []]);
    const tab = under.tab(page);
    await tab.connect(page.boot.ticket);
    await tab.resume(0);
    under.pool.last.run("tree", 0);
    await tab.hear("tree");
  });

  test("says to authors why the app does not compile, and fills itself once it does", async () => {
    await using under = await GatewayUnderTest.start({ editing: true });
    const pages = under.pool.pages;
    under.pool.pages = [];
    under.pool.problem = "app.ts:3:1 unexpected }";
    under.pool.shut();
    const page = await under.fetch("/");
    expect([page.status, page.boot.problem, page.boot.messages]).toEqual([
      200,
      "app.ts:3:1 unexpected }",
      [],
    ]);
    const tab = under.tab(page);
    await tab.connect(page.boot.ticket);
    await tab.resume(0);
    expect(await tab.hear("problem")).toMatchObject({ text: "app.ts:3:1 unexpected }" });
    under.pool.pages = pages;
    under.pool.setProblem(undefined);
    under.pool.letIn();
    await tab.hear("tree");
    expect(await tab.hear("problem", ({ text }) => text === null)).toBeDefined();
  });

  test("looks in a frame as its address says, of which no author hears", async () => {
    await using under = await GatewayUnderTest.start();
    const page = await under.fetch("/?embed=true&region=EU&embed_options=dark_theme");
    const query = "embed=true&embed_options=dark_theme";
    expect(page.boot.embed).toEqual({ query, hides: ["toolbar", "padding"], theme: "dark" });
    expect(under.pool.last.opening.query).toBe("region=EU");
    expect((await under.fetch("/?region=EU")).boot.embed).toBeUndefined();
  });

  test("says nothing of that to viewers", async () => {
    await using under = await GatewayUnderTest.start();
    under.pool.pages = [];
    under.pool.problem = "app.ts:3:1 a secret line";
    const page = await under.fetch("/");
    expect([page.status, page.headers["retry-after"]]).toEqual([503, "2"]);
    expect(page.body).not.toContain("secret");
    expect((await under.fetch("/healthz")).status).toBe(503);
  });

  test("asked by HEAD runs nothing", async () => {
    await using under = await GatewayUnderTest.start();
    const page = await under.fetch("/orders", { method: "HEAD" });
    expect([page.status, page.body, page.headers["content-type"]]).toEqual([
      200,
      "",
      "text/html; charset=utf-8",
    ]);
    expect([under.pool.placed.length, page.headers["set-cookie"]]).toEqual([0, undefined]);
  });

  test("of an unknown page runs nothing and makes nobody a viewer", async () => {
    await using under = await GatewayUnderTest.start();
    for (const path of [
      "/nowhere",
      "/orders/",
      "/Orders",
      "/orders.ts",
      "/favicon.ico",
      "/.env",
      "/.git/config",
      "/constructor",
    ]) {
      const page = await under.fetch(path);
      expect([path, page.status, page.headers["set-cookie"]]).toEqual([path, 404, undefined]);
    }
    expect(under.pool.placed).toHaveLength(0);
  });

  test("is packed for those who can unpack it", async () => {
    await using under = await GatewayUnderTest.start();
    under.pool.problem = undefined;
    const long = await under.fetch(`/?${"a=1&".repeat(1_000)}`, {
      headers: { "accept-encoding": "gzip, br" },
    });
    expect(long.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(Buffer.from(long.body, "latin1")).toString()).toContain("strongroom-boot");
  });

  test("speaks the viewer's language and has the session's own query", async () => {
    await using under = await GatewayUnderTest.start();
    const page = await under.fetch("/orders?a=%3C/script%3E", {
      headers: { "accept-language": "de-CH,de;q=0.9" },
    });
    expect(page.boot).toMatchObject({ locale: "de-CH", protocol: 1, editing: false, problem: null });
    expect(under.pool.last.opening).toMatchObject({
      page: "orders",
      query: "a=%3C/script%3E",
      treeAtLeast: 0,
    });
  });

  test("may be linked from anywhere, and shown inside of nothing", async () => {
    await using under = await GatewayUnderTest.start();
    const from = (dest: string, mode = "navigate") =>
      under.fetch("/", {
        headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": dest },
      });
    expect((await from("document")).status).toBe(200);
    for (const dest of ["iframe", "frame", "embed", "object"]) expect((await from(dest)).status).toBe(403);
    expect((await from("empty", "cors")).status).toBe(403);
    expect((await from("script", "no-cors")).status).toBe(403);
  });
});

describe("behind a proxy that ends TLS", () => {
  test("cookies are for this host and TLS only, and browsers are told to stay with it", async () => {
    await using under = await GatewayUnderTest.start({ allowedOrigins: ["https://app.example.com"] });
    const page = await under.fetch("/", { headers: { host: "app.example.com" } });
    expect(page.headers["set-cookie"]?.[0]).toMatch(
      /^__Host-strongroom-viewer=[\w-]{43}; Path=\/; SameSite=Lax; HttpOnly; Secure$/,
    );
    expect(page.headers["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains");
    expect(page.headers["content-security-policy"]).toContain("upgrade-insecure-requests");
    const ask = (origin: string) =>
      under.fetch("/_strongroom/ticket", {
        method: "POST",
        headers: { host: "app.example.com", origin, cookie: page.cookie },
      });
    expect((await ask("https://app.example.com")).status).toBe(200);
    expect((await ask("http://app.example.com")).status).toBe(403);
  });

  test("no header of the request says who it comes from", async () => {
    await using under = await GatewayUnderTest.start();
    const spoofed = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-for": "1.2.3.4",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.example",
      "x-original-url": "/_strongroom/bytes/x",
    };
    const page = await under.fetch("/", { headers: spoofed });
    expect([page.status, page.headers["strict-transport-security"]]).toEqual([200, undefined]);
  });
});

describe("what stops the start says how to mend it", () => {
  const log = createLog("silent");
  const start = (options: object) =>
    startGateway({ pool: {} as never, store: memoryStore(), log, port: 0, ...options });

  test("a port in use", async () => {
    await using under = await GatewayUnderTest.start();
    const second = new GatewayUnderTest();
    await expect(second.start({ port: under.gateway.port })).rejects.toThrow(/is in use.*--port/);
  });

  test("an address that this machine does not have", async () => {
    await expect(new GatewayUnderTest().start({ host: "203.0.113.1" })).rejects.toThrow(
      /cannot listen at 203\.0\.113\.1/,
    );
  });

  test("a browser's side that was not built", async () => {
    await expect(start({ browserFolder: new URL("file:///nowhere/") })).rejects.toThrow(/npm run build/);
  });

  test("an origin that is a pattern", async () => {
    await expect(new GatewayUnderTest().start({ allowedOrigins: ["https://*.example.com"] })).rejects.toThrow(
      "An origin such as",
    );
  });
});

test("going down answers no new requests, and tells open pages", async () => {
  const under = await GatewayUnderTest.start();
  const tab = await under.open();
  await under.gateway.stop();
  await tab.until(() => tab.closeCode !== undefined);
  expect([tab.closeCode, tab.heard.at(-1)]).toEqual([1001, { t: "notice", code: "draining" }]);
  await expect(under.fetch("/")).rejects.toThrow("ECONNREFUSED");
});
