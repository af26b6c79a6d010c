import { expect, test } from "vitest";
import { beginRun } from "../../testing/nodes-of.ts";
import { text } from "../text/text.server.ts";
import { spinner } from "./spinner.server.ts";

const kinds = (nodes: readonly { kind: string }[]): string[] => nodes.map(({ kind }) => kind);

test("stands while the callback works, and gives back its answer", async () => {
  const { call, nodes } = beginRun();
  const going = call(() =>
    spinner("Loading…", async () => {
      text("first");
      await Promise.resolve();
      return 7;
    }),
  );
  expect(kinds(nodes())).toEqual(["spinner", "text"]);
  expect(await going).toBe(7);
  expect(kinds(nodes())).toEqual(["text"]);
});

test("answers at once for a callback that does", () => {
  const { call, nodes } = beginRun();
  expect(call(() => spinner("…", () => "done"))).toBe("done");
  expect(nodes()).toEqual([]);
});

test("goes when the callback fails, sooner or later", async () => {
  const { call, nodes } = beginRun();
  const fail = (): never => {
    throw new Error("no");
  };
  expect(() => call(() => spinner("…", fail))).toThrow("no");
  await expect(call(() => spinner("…", async () => fail()))).rejects.toThrow("no");
  expect(nodes()).toEqual([]);
});

test("takes its text away, not what has taken its place", async () => {
  const { call, nodes } = beginRun();
  await call(async () => {
    const { empty } = await import("../empty/empty.server.ts");
    const slot = empty();
    await slot.spinner("…", async () => slot.text("shown"));
  });
  expect(kinds(nodes()[0]?.children ?? [])).toEqual(["text"]);
});
