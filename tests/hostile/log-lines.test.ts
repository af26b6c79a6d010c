import { expect, test } from "vitest";
import { GatewayUnderTest } from "../gateway/gateway-under-test.ts";

test("a request that fails inside leaves an id in the log, and no cookie, header, ticket or query of its own", async () => {
  await using under = await GatewayUnderTest.start();
  Object.defineProperty(under.pool, "pages", {
    get: () => {
      throw new Error("out of order");
    },
  });
  const headers = {
    cookie: `strongroom-viewer=${"c".repeat(43)}; other=canary-cookie`,
    authorization: "Bearer canary-authorization",
    "x-api-key": "canary-key",
  };
  const { status, body } = await under.fetch("/?token=canary-query", { headers });
  expect(status).toBe(500);
  const [, incident = "none"] = /knows it as (\w+)/.exec(body) ?? [];
  const lines = under.lines.join("");
  expect(lines).toContain(incident);
  expect(lines).toContain("out of order");
  expect(body).not.toContain("out of order");
  expect(lines + body).not.toMatch(/canary|c{43}/);
});

test("what is refused is written down without what it held", async () => {
  await using under = await GatewayUnderTest.start();
  const headers = { host: "canary.example", cookie: "a=canary-cookie", origin: "https://canary.example" };
  await under.fetch("/canary-path?canary=query", { headers });
  await under.fetch("/_strongroom/ticket", { method: "POST", headers: { ...headers, host: under.host } });
  const lines = under.lines.filter((line) => line.includes("refused"));
  expect(lines).toHaveLength(2);
  expect(lines.join("")).not.toContain("canary");
});
