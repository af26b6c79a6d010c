import { expect, test } from "vitest";
import { GatewayUnderTest } from "../gateway/gateway-under-test.ts";
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
    limits: { requestsPerSecond: 5 } as never, // the others are the defaults
  });
  const ask = async () => (await under.fetch("/healthz")).status;
  for (let at = 0; at < 20; at++) expect(await ask()).not.toBe(429);
  expect(await ask()).toBe(429);
  now += 1_000;
  expect(await ask()).not.toBe(429);
});
