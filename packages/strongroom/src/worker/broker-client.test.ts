import { describe, expect, test } from "vitest";
import { BrokerClient } from "./broker-client.ts";

const request = { kind: "query", connection: "shop", texts: ["select 1"], values: [], maxRows: 1 } as const;
const head = '{"ok":true,"columns":[{"name":"n","type":"integer"}]}';
const end = '{"ok":true,"end":true}';
const never = new AbortController().signal;

function client(): { broker: BrokerClient; sent: number[]; cancelled: number[] } {
  const sent: number[] = [];
  const cancelled: number[] = [];
  const broker = new BrokerClient({
    ask: (_, id) => void sent.push(id),
    cancel: (_, id) => void cancelled.push(id),
  });
  return { broker, sent, cancelled };
}

describe("a question to the broker", () => {
  test("gets its own answer, whatever comes first", async () => {
    const { broker, sent } = client();
    const [first, second] = [broker.ask(1, request, never), broker.ask(2, request, never)];
    for (const part of [head, '{"ok":true,"chunk":[[2,3]]}', '{"ok":true,"chunk":[[4]]}', end])
      broker.receive(sent[1] ?? 0, part);
    for (const part of [head, '{"ok":true,"chunk":[[1]]}', end]) broker.receive(sent[0] ?? 0, part);
    expect([(await first).values, (await second).values]).toEqual([[[1]], [[2, 3, 4]]]);
  });

  test("carries every kind of value", async () => {
    const { broker, sent } = client();
    const asked = broker.ask(1, request, never);
    const values =
      '[null,true,1.5,"x",{"big":"9007199254740993"},{"bytes":"AQI="},{"date":"2026-01-02T03:04:05.678Z"},{"json":"{\\"a\\":[1]}"}]';
    for (const part of [head, `{"ok":true,"chunk":[${values}]}`, '{"ok":true,"end":true,"changed":3}'])
      broker.receive(sent[0] ?? 0, part);
    expect(await asked).toEqual({
      columns: [{ name: "n", type: "integer" }],
      values: [
        [
          null,
          true,
          1.5,
          "x",
          9_007_199_254_740_993n,
          Uint8Array.of(1, 2),
          new Date("2026-01-02T03:04:05.678Z"),
          { a: [1] },
        ],
      ],
      changed: 3,
    });
  });

  test("is refused in the broker's words", async () => {
    const { broker, sent } = client();
    const asked = broker.ask(1, request, never);
    broker.receive(sent[0] ?? 0, '{"ok":false,"code":"ERR_QUERY_FAILED","message":"no such table: orders"}');
    await expect(asked).rejects.toMatchObject({
      code: "ERR_QUERY_FAILED",
      message: "no such table: orders",
    });
  });

  test.each([
    "",
    "null",
    '{"ok":true}',
    '{"ok":true,"columns":[],"chunk":[]}',
    '{"ok":true,"chunk":[[1]]}',
    '{"ok":true,"end":true,"code":1}',
    '{"ok":false,"message":1}',
    '{"ok":false,"code":"ERR_OTHER","message":""}',
  ])("with an answer that is none (%s) is refused", async (text) => {
    const { broker, sent } = client();
    const asked = broker.ask(1, request, never);
    broker.receive(sent[0] ?? 0, text);
    await expect(asked).rejects.toThrow(/could not be read/);
  });

  test("is given up with its run; what comes then is for nobody", async () => {
    const { broker, sent, cancelled } = client();
    const run = new AbortController();
    const asked = broker.ask(1, request, run.signal);
    run.abort(new Error("replaced"));
    await expect(asked).rejects.toThrow("replaced");
    expect(() => broker.receive(sent[0] ?? 0, "{}")).not.toThrow();
    expect(cancelled).toEqual(sent);
    await expect(broker.ask(1, request, run.signal)).rejects.toThrow("replaced");
  });

  test("ends with its session", async () => {
    const { broker } = client();
    const asked = broker.ask(1, request, never);
    broker.forget(1);
    await expect(asked).rejects.toMatchObject({ code: "ERR_CONNECTION" });
  });

  test("that is larger than a frame is not sent", async () => {
    const { broker, sent } = client();
    const large = { ...request, values: ["x".repeat(61_000_000)] };
    await expect(broker.ask(1, large, never)).rejects.toThrow(/at most 60 MB/);
    expect(sent).toEqual([]);
  });
});
