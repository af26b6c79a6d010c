import { expect, test } from "vitest";
import { TestBroker, type Outcome } from "../../../../../tests/connections/test-broker.ts";

const module = `type Settings = { key: string };
export default {
  open: (settings: Settings) => ({ key: settings.key, asked: 0 }),
  calls: {
    customers: (client: { asked: number }, args: { region: string }) => ({ region: args.region, asked: ++client.asked }),
    secret: (client: { key: string }) => client.key,
    broken: (client: { key: string }) => { throw new Error("refused " + client.key); },
    slow: (_: unknown, __: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve((globalThis as any).ended = true))),
    state: () => (globalThis as any).ended === true,
    strange: () => () => 1,
    large: () => "x".repeat(20_000),
  },
};
`;

function open(more: Readonly<Record<string, unknown>> = {}, text = module): TestBroker {
  const crm = { type: "custom", module: "connections/crm.ts", settings: { key: "canary-key-4711" }, ...more };
  return new TestBroker({ crm }, { "connections/crm.ts": text });
}
const call = (
  broker: TestBroker,
  name: string,
  args: null | Record<string, string> = null,
): Promise<Outcome> => broker.ask({ kind: "call", connection: "crm", name, args });

test("a call runs in the broker, with a client that is opened once", async () => {
  await using broker = open();
  expect(await call(broker, "customers", { region: "EU" })).toMatchObject({
    result: { region: "EU", asked: 1 },
  });
  expect(await call(broker, "customers", { region: "US" })).toMatchObject({
    result: { region: "US", asked: 2 },
  });
});

test.each(["other", "constructor", "__proto__", "toString", "hasOwnProperty"])(
  "there is no call %s",
  async (name) => {
    await using broker = open();
    expect(await call(broker, name)).toMatchObject({
      code: "ERR_QUERY_REFUSED",
      message: expect.stringContaining("customers, secret"),
    });
  },
);

test("what a call throws is for the operator; the author reads that it failed", async () => {
  await using broker = open();
  const outcome = await call(broker, "broken");
  expect(outcome).toMatchObject({ code: "ERR_CALL_FAILED", message: expect.stringContaining("broken") });
  expect(JSON.stringify(outcome)).not.toMatch(/canary|refused/);
  expect(broker.reports.join("\n")).toContain("refused");
  expect(broker.reports.join("\n")).not.toContain("canary");
});

test("the settings' own secrets do not come back", async () => {
  await using broker = open();
  expect(JSON.stringify(await call(broker, "secret"))).not.toContain("canary");
});

test("an answer is plain data, and no larger than it may be", async () => {
  await using broker = open({ maxBytes: "10kb" });
  expect(await call(broker, "strange")).toMatchObject({ code: "ERR_CALL_FAILED" });
  expect(await call(broker, "large")).toMatchObject({ code: "ERR_QUERY_TOO_LARGE" });
});

test("a call is told when nobody waits any more", async () => {
  await using broker = open({ timeout: "200ms" });
  expect(await call(broker, "slow")).toMatchObject({ code: "ERR_QUERY_TIMEOUT" });
  expect(await call(broker, "state")).toMatchObject({ result: true });
});

test.each([
  ["export const a = 1;", "ERR_CONNECTION_SETTINGS"],
  ["export default { open: 1, calls: {} };", "ERR_CONNECTION_SETTINGS"],
  ["throw new Error('canary-4711');", "ERR_CALL_FAILED"],
  [
    "export default { open: () => { throw new Error('canary-4711'); }, calls: { a: () => 1 } };",
    "ERR_CALL_FAILED",
  ],
])("a module that reads %j is refused", async (text, code) => {
  await using broker = open({}, text);
  const outcome = await call(broker, "a");
  expect(outcome).toMatchObject({ code });
  expect(JSON.stringify(outcome)).not.toContain("canary");
});

test("a module outside of the app's folder is refused", async () => {
  await using broker = open({ module: "../crm.ts" });
  expect(await call(broker, "a")).toMatchObject({ code: "ERR_CONNECTION_SETTINGS" });
});

test("a database is not called, and a connection of one's own is not queried", async () => {
  await using broker = open();
  expect(await broker.query("select 1", { connection: "crm" })).toMatchObject({ code: "ERR_QUERY_REFUSED" });
  await using shop = new TestBroker({ crm: { type: "duckdb" } });
  expect(await call(shop, "a")).toMatchObject({ code: "ERR_QUERY_REFUSED" });
});
