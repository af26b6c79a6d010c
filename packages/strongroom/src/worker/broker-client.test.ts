import { describe, expect, test } from "vitest";
import { BrokerClient } from "./broker-client.ts";

const request = { connection: "shop", texts: ["select 1"], params: [], maxRows: 1 };
const never = new AbortController().signal;

function client(): { broker: BrokerClient; sent: number[] } {
  const sent: number[] = [];
  return { broker: new BrokerClient((_, id) => void sent.push(id)), sent };
}

describe("a question to the broker", () => {
  test("gets its own answer, whatever comes first", async () => {
    const { broker, sent } = client();
    const [first, second] = [broker.ask(1, request, never), broker.ask(2, request, never)];
    broker.receive(sent[1] ?? 0, '{"ok":true,"columns":["n"],"rows":[[2]]}');
    broker.receive(sent[0] ?? 0, '{"ok":true,"columns":["n"],"rows":[[1]]}');
    expect([(await first).rows, (await second).rows]).toEqual([[[1]], [[2]]]);
  });

  test("is refused in the broker's words", async () => {
    const { broker, sent } = client();
    const asked = broker.ask(1, request, never);
    broker.receive(sent[0] ?? 0, '{"ok":false,"code":"ERR_QUERY","message":"no such table: orders"}');
    await expect(asked).rejects.toThrow("no such table: orders");
  });

  test.each([
    "",
    "null",
    '{"ok":true}',
    '{"ok":true,"columns":[],"rows":[[{"code":1}]]}',
    '{"ok":false,"message":1}',
  ])("with an answer that is none (%s) is refused", async (text) => {
    const { broker, sent } = client();
    const asked = broker.ask(1, request, never);
    broker.receive(sent[0] ?? 0, text);
    await expect(asked).rejects.toThrow(/could not be read/);
  });

  test("is given up with its run; what comes then is for nobody", async () => {
    const { broker, sent } = client();
    const run = new AbortController();
    const asked = broker.ask(1, request, run.signal);
    run.abort(new Error("replaced"));
    await expect(asked).rejects.toThrow("replaced");
    expect(() => broker.receive(sent[0] ?? 0, "{}")).not.toThrow();
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
    const large = { ...request, params: ["x".repeat(61_000_000)] };
    await expect(broker.ask(1, large, never)).rejects.toThrow(/at most 60 MB/);
    expect(sent).toEqual([]);
  });
});
