import { request } from "node:http";
import { expect, test } from "vitest";
import { GatewayUnderTest } from "../../../../../tests/gateway/gateway-under-test.ts";
import { openMetrics } from "./metrics-server.ts";

function ask(
  url: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers, method, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => (text += String(chunk)));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

test("refusals, sessions, sockets, messages and fallen workers are numbers, and no viewer is in them", async () => {
  await using under = await GatewayUnderTest.start();
  const tab = await under.open("/?secret-canary=1");
  await under.fetch("/", { headers: { host: "attacker.example" } });
  await under.fetch("/", { headers: { host: "attacker.example" } });
  await under.fetch("/canary", { method: "DELETE" });
  under.pool.falls = 3;
  const metrics = await openMetrics({ host: "127.0.0.1", port: 0 }, under.gateway.measures);
  const { status, text } = await ask(metrics.url);
  expect(status).toBe(200);
  const lines = text.split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      "strongroom_sessions 1",
      "strongroom_sockets 1",
      'strongroom_refusals_total{reason="421"} 2',
      'strongroom_refusals_total{reason="405"} 1',
      'strongroom_security_events_total{kind="refused"} 3',
      'strongroom_messages_total{outcome="taken"} 1',
      'strongroom_worker_falls_total{of="worker"} 3',
    ]),
  );
  for (const secret of ["canary", "attacker", "127.0.0.1", tab.boot.session])
    expect(text).not.toContain(secret);
  // Read twice, counted once.
  expect((await ask(metrics.url)).text).toContain('strongroom_refusals_total{reason="421"} 2');
  metrics.close();
});

test("numbers are told at one path to who is no page", async () => {
  await using under = await GatewayUnderTest.start();
  const metrics = await openMetrics({ host: "127.0.0.1", port: 0 }, under.gateway.measures);
  const { url } = metrics;
  const statuses = [
    await ask(url, { "sec-fetch-site": "same-origin" }),
    await ask(url, { origin: "https://attacker.example" }),
    await ask(`${url}/x`),
    await ask(url, {}, "POST"),
    await ask(url, { host: "rebound.example:9464" }),
    await ask(url, { host: "127.0.0.1.attacker.example" }),
    await ask(url, { host: "localhost:9464" }),
    await ask(url, { "sec-fetch-site": "none" }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([403, 403, 404, 405, 421, 421, 200, 200]);
  expect((await under.fetch("/metrics")).status).toBe(404);
  const port = Number(new URL(url).port);
  await expect(openMetrics({ host: "127.0.0.1", port }, under.gateway.measures)).rejects.toMatchObject({
    code: "ERR_PORT_IN_USE",
  });
  metrics.close();
});
