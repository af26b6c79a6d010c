import { expect, test } from "vitest";
import { GatewayUnderTest } from "../../../../tests/gateway/gateway-under-test.ts";

const base = "/team/app";
const from = (under: GatewayUnderTest) => ({
  origin: `http://${under.host}`,
  "sec-fetch-site": "same-origin",
});

test("what lies outside of the app's path is not there", async () => {
  await using under = await GatewayUnderTest.start({ base });
  for (const path of [
    "/",
    "/team",
    "/team/",
    "/team/apple/",
    "/_strongroom/ticket",
    "/healthz",
    "/team/app2",
  ]) {
    expect((await under.fetch(path)).status, path).toBe(404);
  }
  expect((await under.fetch("/team/app/../app/")).status).toBe(400);
  for (const path of [`${base}/`, `${base}/healthz`]) {
    expect((await under.fetch(path)).status, path).toBe(200);
  }
});

test("the path without its last slash leads to the first page, and takes the query along", async () => {
  await using under = await GatewayUnderTest.start({ base });
  const { status, headers } = await under.fetch(`${base}?region=EU`);
  expect([status, headers.location]).toEqual([308, `${base}/?region=EU`]);
  expect((await under.fetch(`${base}?region=EU`, { headers: { host: "attacker.example" } })).status).toBe(
    421,
  );
});

test("tickets, sockets and reports go below the path; cookies bear it in their name", async () => {
  await using under = await GatewayUnderTest.start({ base, allowedOrigins: ["https://app.example.com"] });
  const page = await under.fetch(`${base}/`);
  expect(page.cookie).toMatch(/^strongroom-viewer\.team\.app=/);
  expect(page.headers["content-security-policy"]).toContain("report-uri /team/app/_strongroom/csp-report");
  const secure = await under.fetch(`${base}/`, { headers: { host: "app.example.com" } });
  expect(secure.headers["set-cookie"]).toEqual([
    expect.stringMatching(
      /^__Host-strongroom-viewer\.team\.app=[\w-]+; Path=\/; SameSite=Lax; HttpOnly; Secure$/,
    ),
    expect.stringMatching(/^__Host-strongroom-served\.team\.app=/),
  ]);
  const ask = (path: string) =>
    under.fetch(path, { method: "POST", headers: { ...from(under), cookie: page.cookie } });
  expect((await ask(`${base}/_strongroom/ticket`)).status).toBe(200);
  expect((await ask("/_strongroom/ticket")).status).toBe(404);
});

test("another app's cookie on the same host is nobody's", async () => {
  await using under = await GatewayUnderTest.start({ base });
  await using other = await GatewayUnderTest.start({ base: "/team" });
  const { cookie } = await other.fetch("/team/");
  const headers = { ...from(under), cookie };
  expect((await under.fetch(`${base}/_strongroom/ticket`, { method: "POST", headers })).status).toBe(403);
});

test("a page that is not there leads to the app's first page", async () => {
  await using under = await GatewayUnderTest.start({ base });
  const { status, body } = await under.fetch(`${base}/deep/nothing`);
  expect(status).toBe(404);
  expect(body).toContain(`<a href="${base}/">`);
});

test("the server attacks itself below the path", async () => {
  await using under = await GatewayUnderTest.start({ base });
  expect(await under.gateway.attackSelf()).toBeGreaterThan(50);
});
