import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { openToAll } from "../../packages/strongroom/src/gateway/access/access.ts";
import type { GatewayOptions } from "../../packages/strongroom/src/gateway/options.ts";
import { GatewayUnderTest } from "../gateway/gateway-under-test.ts";
import { AppWithSignIn } from "../identity/app-with-sign-in.ts";
import { launchChromium } from "../chromium.ts";
import { grade, type Graded } from "./header-grade.ts";

async function answered(path: string, method = "GET"): Promise<Graded> {
  await using under = await GatewayUnderTest.start({ allowedOrigins: ["https://app.example.com"] });
  const { headers, body } = await under.fetch(path, { method, headers: { host: "app.example.com" } });
  return { headers, html: body, secure: true };
}

test.each([
  ["a page", "/", "GET"],
  ["a page that is not there", "/nothing", "GET"],
  ["a refusal", "/", "DELETE"],
  ["a program", "/_strongroom/assets/main-ABCD1234.js", "GET"],
  ["a program that is not there", "/_strongroom/assets/x.js", "GET"],
  ["the list of one's own sign-ins", "/_strongroom/sign-ins", "GET"],
  ["a sign-in that leads to nothing", "/oauth2callback?state=x", "GET"],
  ["bytes that are nobody's", `/_strongroom/bytes/${"a".repeat(43)}`, "GET"],
  ["a file of the app", "/app/static/x.png", "GET"],
  ["a refused act", "/_strongroom/ticket", "POST"],
  ["a malformed address", "/a//b", "GET"],
  ["the server's health", "/healthz", "GET"],
])("%s has the best grade for its headers", async (_, path, method) => {
  const { score, parts } = grade(await answered(path, method));
  expect(score, JSON.stringify(parts)).toBeGreaterThanOrEqual(150);
});

/** What is answered to bytes as they are, of which no part may be a request. */
async function rawAnswered(
  bytes: string,
  more: Partial<GatewayOptions> = {},
): Promise<Graded & { status: number }> {
  const allowedOrigins = ["https://app.example.com"];
  await using under = await GatewayUnderTest.start({ allowedOrigins, ...more });
  const socket = connect({ host: "127.0.0.1", port: under.gateway.port });
  socket.end(bytes);
  const [head = "", html = ""] = (await text(socket)).split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(":")[0]?.toLowerCase() ?? "", line.replace(/^[^:]*: */, "")]),
  );
  return { status: Number(first.split(" ")[1]), headers, html, secure: true };
}

const asked = "GET / HTTP/1.1\r\nHost: app.example.com\r\n";
test.each<[string, number, string, Partial<GatewayOptions>?]>([
  ["a header that stands twice", 400, `${asked}Origin: a\r\nOrigin: b\r\n\r\n`],
  ["what is no HTTP", 400, "\u0016\u0003\u0001 hello\r\n\r\n"],
  ["headers that are too long", 431, `${asked}X: ${"a".repeat(40_000)}\r\n\r\n`],
  ["a request without a host", 421, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"],
  ["another host", 421, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"],
  ["an address that is too long", 414, asked.replace("/ ", `/${"a".repeat(9_000)} `) + "\r\n"],
  ["a body that is too long", 413, `${asked}Connection: close\r\nContent-Length: 9\r\n\r\n123456789`],
  [
    "an upgrade that is refused",
    403,
    `${asked.replace("/ ", "/_strongroom/socket ")}Connection: upgrade\r\nUpgrade: websocket\r\n\r\n`,
  ],
  ["CONNECT", 400, "CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n"],
  [
    "what leads below the base",
    308,
    `${asked.replace("/ ", "/team ")}Connection: close\r\n\r\n`,
    { base: "/team" },
  ],
])("%s is answered %i, with all headers", async (_, status, bytes, more) => {
  const answered = await rawAnswered(bytes, more);
  expect(answered.status).toBe(status);
  const { score, parts } = grade(answered);
  expect(score, JSON.stringify(parts)).toBeGreaterThanOrEqual(150);
});

test("the page that asks to sign in, what a provider is answered, and what fails inside have all headers", async () => {
  const allowedOrigins = ["https://app.example.com"];
  const gateway = { allowedOrigins, access: { ...openToAll, allow: "signed-in" } } as const;
  const other = {
    client_id: "b",
    client_secret: "c",
    server_metadata_url: "http://127.0.0.1:1/.well-known/x",
  };
  await using app = await AppWithSignIn.start({ section: { other }, gateway });
  const { under } = app;
  const host = "app.example.com";
  const answers = [
    await under.fetch("/", { headers: { host } }),
    await under.fetch("/_strongroom/backchannel-logout", { method: "POST", headers: { host }, body: "x" }),
    await under.fetch("/app/static/x.png", { headers: { host } }),
  ];
  under.store.records.take = () => Promise.reject(new Error("The disk is gone."));
  const cookie = `__Host-strongroom-sign-in=${"a".repeat(43)}`;
  answers.push(await under.fetch("/oauth2callback?code=x", { headers: { host, cookie } }));
  expect(answers.map(({ status }) => status)).toEqual([401, 400, 403, 500]);
  for (const { headers, body } of answers) {
    const { score, parts } = grade({ headers, html: body, secure: true });
    expect(score, JSON.stringify(parts)).toBeGreaterThanOrEqual(150);
  }
});

test.each<[string, string, string | undefined]>([
  ["no policy", "content-security-policy", undefined],
  ["scripts in the text", "content-security-policy", "default-src 'none'; script-src 'self' 'unsafe-inline'"],
  ["a cookie that scripts read", "set-cookie", "__Host-a=b; Secure; SameSite=Lax; Path=/"],
  ["a cookie without TLS", "set-cookie", "a=b; HttpOnly; SameSite=Lax; Path=/"],
  ["reading by others", "access-control-allow-origin", "*"],
  ["no strict transport", "strict-transport-security", undefined],
  ["guessed types", "x-content-type-options", undefined],
  ["an address that is told", "referrer-policy", "unsafe-url"],
])("%s costs the grade", async (_, name, value) => {
  const whole = await answered("/");
  const changed = { ...whole, headers: { ...whole.headers, [name]: value } };
  expect(grade(changed).score).toBeLessThan(grade(whole).score);
});

test("what a browser stops on a page is counted, and nothing of its report is written", async () => {
  await using under = await GatewayUnderTest.start();
  await using browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(under.gateway.url);
  const reported = page.waitForResponse((answer) => answer.url().endsWith("/_strongroom/csp-report"));
  await page.evaluate(() => {
    const image = document.createElement("img");
    image.src = "https://canary.example/forged";
    document.body.append(image);
  });
  expect((await reported).status()).toBe(204);
  const lines = under.lines.join("");
  expect(lines).toContain("content security policy");
  expect(lines).not.toContain("canary");
});

test("a report by another site's page, or one without end, is refused", async () => {
  await using under = await GatewayUnderTest.start();
  const post = (headers: Record<string, string>) =>
    under.fetch("/_strongroom/csp-report", { method: "POST", headers, body: "{}" });
  expect((await post({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await post({ "transfer-encoding": "chunked" })).status).toBe(413);
  expect((await post({ "content-length": "2" })).status).toBe(204);
});

test("an address that asks without end is answered 429, and asks again later", async () => {
  let now = 0;
  await using under = await GatewayUnderTest.start({
    now: () => now,
    allowedOrigins: ["https://app.example.com"],
    limits: { requestsPerSecond: 5 } as never, // the others are the defaults
  });
  const ask = async () => (await under.fetch("/healthz")).status;
  for (let at = 0; at < 20; at++) expect(await ask()).not.toBe(429);
  expect(await ask()).toBe(429);
  const { headers, body } = await under.fetch("/healthz");
  const { score, parts } = grade({ headers, html: body, secure: true });
  expect(score, JSON.stringify(parts)).toBeGreaterThanOrEqual(150);
  now += 1_000;
  expect(await ask()).not.toBe(429);
});
