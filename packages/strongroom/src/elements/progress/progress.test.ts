import { expect, test } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { progress } from "./progress.server.ts";

test("reads shares, percentages and parts of a whole", () => {
  const nodes = nodesOf(() => [
    progress(0),
    progress(0.5),
    progress(1),
    progress(50),
    progress(100),
    progress(1, { max: 4 }),
  ]);
  expect(nodes.map(({ props }) => props["value"])).toEqual([0, 0.5, 1, 0.5, 1, 0.25]);
});

test("refuses what is no share of anything", () => {
  for (const value of [-0.1, 101, Number.NaN, Infinity])
    expect(() => beginRun().call(() => progress(value))).toThrow("`value` must be");
  for (const max of [0, -1, Number.NaN])
    expect(() => beginRun().call(() => progress(0, { max }))).toThrow("`value` must be");
});

test("moves in its place, keeps its text, and goes when told", () => {
  const { call, nodes } = beginRun();
  const bar = call(() => progress(0, { text: "a", max: 10 }));
  const [first] = nodes();
  call(() => bar.progress(5));
  expect(nodes()).toMatchObject([{ id: first?.id, props: { value: 0.5, text: "a" } }]);
  call(() => bar.progress(10, { text: "b" }));
  expect(nodes()).toMatchObject([{ id: first?.id, props: { value: 1, text: "b" } }]);
  call(() => [bar.empty(), bar.progress(1)]);
  expect(nodes()).toEqual([]);
});
