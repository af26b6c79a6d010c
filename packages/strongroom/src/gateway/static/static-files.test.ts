import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GatewayUnderTest, type Page } from "../../../../../tests/gateway/gateway-under-test.ts";
import { Mask } from "../../secrets/mask.ts";
import { openToAll } from "../access/access.ts";
import { openListed } from "./open-listed.ts";
import { listStatic } from "./static-list.ts";

const home = mkdtempSync(join(tmpdir(), "strongroom-static-"));
const folder = join(home, "static");
const key = "kx9Qm2xV9pL4tR8wZ5b";
let now = Date.now();
let under: GatewayUnderTest;

beforeAll(async () => {
  for (const name of ["static/deep/.hidden", "static/.git", "static-private"])
    mkdirSync(join(home, name), { recursive: true });
  for (const [name, text] of Object.entries({
    "static/a.png": "0123456789",
    "static/deep/ü ö.txt": "umlauts",
    "static/page.html": "<script>alert(1)</script>",
    "static/code.js": "alert(1)",
    "static/style.css": "a{}",
    "static/data.xml": "<a/>",
    "static/drawing.svg": "<svg/>",
    "static/empty.csv": "",
    "static/no-ending": "text",
    "static/100%.txt": "percent",
    "static/config.json": JSON.stringify({ key }),
    "static/.env": "SECRET=1",
    "static/.git/config": "[core]",
    "static/deep/.hidden/x.txt": "hidden",
    "static-private/x.txt": "private",
    "secret.txt": "outside",
  }))
    writeFileSync(join(home, name), text);
  symlinkSync(join(home, "secret.txt"), join(folder, "link.txt"));
  symlinkSync(join(home, "static-private"), join(folder, "linked"));
  const mask = new Mask({ key });
  under = await GatewayUnderTest.start({ staticFolder: folder, mask, now: () => now });
});
afterAll(async () => {
  await under[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Page> =>
  under.fetch(`/app/static/${path}`, { headers, method });

test("serves what is listed with its type, and everything else as text", async () => {
  const types = {
    "a.png": "image/png",
    "page.html": "text/plain; charset=utf-8",
    "code.js": "text/plain; charset=utf-8",
    "style.css": "text/plain; charset=utf-8",
    "data.xml": "text/plain; charset=utf-8",
    "drawing.svg": "image/svg+xml",
    "empty.csv": "text/csv; charset=utf-8",
    "no-ending": "text/plain; charset=utf-8",
    "100%25.txt": "text/plain; charset=utf-8",
    "deep/%C3%BC%20%C3%B6.txt": "text/plain; charset=utf-8",
  };
  for (const [path, type] of Object.entries(types)) {
    const { status, headers } = await get(path);
    expect([path, status, headers["content-type"]]).toEqual([path, 200, type]);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-cache",
    });
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; .*sandbox$/);
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["set-cookie"]).toBeUndefined();
  }
});

test("serves ranges, and nothing again that has not changed", async () => {
  const whole = await get("a.png");
  const etag = String(whole.headers.etag);
  expect(whole.body).toBe("0123456789");
  expect(await get("a.png", { range: "bytes=2-4" })).toMatchObject({ status: 206, body: "234" });
  expect(await get("a.png", { range: "bytes=-3" })).toMatchObject({ status: 206, body: "789" });
  expect(await get("a.png", { range: "bytes=10-" })).toMatchObject({ status: 416 });
  expect(await get("a.png", { range: "bytes=2-4", "if-range": '"other"' })).toMatchObject({ status: 200 });
  expect(await get("a.png", { "if-none-match": etag })).toMatchObject({ status: 304, body: "" });
  expect((await get("a.png", {}, "HEAD")).headers["content-length"]).toBe("10");
  expect(await get("empty.csv")).toMatchObject({ status: 200, body: "" });
  writeFileSync(join(folder, "new.txt"), "one");
  now += 2_000;
  const before = (await get("new.txt")).headers.etag;
  writeFileSync(join(folder, "new.txt"), "two, longer");
  const after = await get("new.txt", { "if-none-match": String(before) });
  expect(after).toMatchObject({ status: 200, body: "two, longer" });
});

const refused: readonly (readonly [path: string, status: number])[] = [
  ["", 404],
  ["deep", 404],
  ["deep/", 404],
  [".env", 404],
  [".git/config", 404],
  ["deep/.hidden/x.txt", 404],
  ["link.txt", 404],
  ["linked/x.txt", 404],
  ["../secret.txt", 400],
  ["..%2fsecret.txt", 400],
  ["%2e%2e/secret.txt", 400],
  ["%252e%252e/secret.txt", 404],
  ["%25252e%25252e%25252fsecret.txt", 404],
  ["..%5csecret.txt", 400],
  ["..\\secret.txt", 400],
  ["deep/../a.png", 400],
  ["./a.png", 400],
  ["/a.png", 400],
  ["//etc/passwd", 400],
  ["/etc/passwd", 400],
  ["a.png%00.txt", 400],
  ["%61.png", 400],
  ["A.PNG", 404],
  ["a.png.", 404],
  ["a.png%20", 404],
  ["a.png::$DATA", 404],
  ["C:/x", 404],
  ["CON", 404],
  ["%c0%ae%c0%ae/secret.txt", 404],
  ["%ff", 404],
  ["../static-private/x.txt", 400],
  ["%E2%81%84etc/passwd", 404],
  ["__proto__", 404],
  ["constructor", 404],
];

test.each(refused)("refuses %j", async (path, status) => {
  const answer = await get(path);
  expect(answer.status).toBe(status);
  expect(answer.body).not.toMatch(/outside|private|SECRET|core|hidden|root:/);
});

test("asks who may open the app, and is for links from elsewhere, not for pages of others", async () => {
  const access = { ...openToAll, allow: ["group:staff"] };
  await using closed = await GatewayUnderTest.start({ staticFolder: folder, access });
  expect(await closed.fetch("/app/static/a.png")).toMatchObject({ status: 403 });
  const from = (mode: string, dest: string): Record<string, string> => ({
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": mode,
    "sec-fetch-dest": dest,
  });
  expect(await get("a.png", from("no-cors", "image"))).toMatchObject({ status: 403 });
  expect(await get("a.png", from("navigate", "iframe"))).toMatchObject({ status: 403 });
  expect(await get("a.png", from("navigate", "document"))).toMatchObject({ status: 200 });
  expect(await get("a.png", {}, "POST")).toMatchObject({ status: 405 });
});

test("serves nothing unless it is asked to, nor a folder that is a link", async () => {
  await using off = await GatewayUnderTest.start();
  expect(await off.fetch("/app/static/a.png")).toMatchObject({ status: 404 });
  symlinkSync(folder, join(home, "folder-link"));
  await using linked = await GatewayUnderTest.start({ staticFolder: join(home, "folder-link") });
  expect(await linked.fetch("/app/static/a.png")).toMatchObject({ status: 404 });
  expect(linked.lines.join("")).toContain("there is no folder `static`");
});

test("hides secrets in text, and says so", async () => {
  const { body } = await get("config.json");
  expect(JSON.parse(body)).toEqual({ key: "•••".replaceAll("•", "\u00e2\u0080\u00a2") });
  expect(under.lines.join("")).toContain("A secret stands in a file of the folder");
});

test("opens what was listed and nothing that has taken its place", async () => {
  const base = realpathSync(mkdtempSync(join(home, "swap-")));
  mkdirSync(join(base, "in"));
  writeFileSync(join(base, "in", "x.txt"), "public");
  const path = (await listStatic(base)).files.get("in/x.txt") ?? "";
  const opened = await openListed(path);
  expect(opened?.bytes).toBe(6);
  await opened?.handle.close();
  renameSync(join(base, "in"), join(base, "was"));
  symlinkSync(join(home, "static-private"), join(base, "in"));
  expect(await openListed(path)).toBeUndefined();
  rmSync(join(base, "in"));
  mkdirSync(join(base, "in"));
  symlinkSync(join(home, "secret.txt"), path);
  expect(await openListed(path)).toBeUndefined();
  expect(await listStatic(base, { files: 1, depth: 16 })).toMatchObject({ isCut: false });
  writeFileSync(join(base, "y.txt"), "");
  writeFileSync(join(base, "z.txt"), "");
  const cut = await listStatic(base, { files: 1, depth: 16 });
  expect([cut.files.size, cut.isCut]).toEqual([1, true]);
});

test("sends a large file as it is read, and keeps neither its bytes nor its descriptor", async () => {
  const bytes = 300_000_000;
  const file = openSync(join(folder, "large.mp4"), "w");
  ftruncateSync(file, bytes);
  closeSync(file);
  now += 2_000;
  await get("a.png");
  const descriptors = (): number => readdirSync("/proc/self/fd").length;
  const [rss, open] = [process.memoryUsage().rss, descriptors()];
  let most = 0;
  expect(await take("large.mp4", () => (most = Math.max(most, process.memoryUsage().rss)))).toBe(bytes);
  expect(most - rss).toBeLessThan(100_000_000);
  await take("large.mp4", (answer) => answer.destroy());
  await expect.poll(descriptors).toBeLessThanOrEqual(open);
});

/** Counts what comes. */
function take(path: string, onPiece: (answer: { destroy: () => void }) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port: under.gateway.port, path: `/app/static/${path}`, agent: false })
      .on("error", reject)
      .on("response", (answer) => {
        let bytes = 0;
        answer.on("error", () => undefined);
        answer.on("close", () => resolve(bytes));
        answer.on("data", (piece: Buffer) => {
          bytes += piece.length;
          onPiece(answer);
        });
      })
      .end();
  });
}
