import { expect, test, expectTypeOf } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import type { Container } from "../container.ts";
import { columns } from "./columns.server.ts";

test("gives as many columns as were asked for, by number or by width", () => {
  const nodes = nodesOf(() => [columns(3), columns([2, 1.5])]);
  expect(nodes.map(({ children }) => children?.map(({ props }) => props["weight"]))).toEqual([
    [1, 1, 1],
    [2, 1.5],
  ]);
});

test("refuses numbers that give no columns", () => {
  for (const spec of [0, 1.5, -1, 101, [], [0], [1, Number.NaN], [Infinity]]) {
    expect(() => beginRun().call(() => columns(spec))).toThrow("`spec` must be");
  }
});

test("the type knows how many there are", () => {
  expectTypeOf<ReturnType<typeof columns<2>>>().toEqualTypeOf<[Container, Container]>();
  expectTypeOf<ReturnType<typeof columns<[1, 2, 3]>>>().toEqualTypeOf<[Container, Container, Container]>();
  expectTypeOf<ReturnType<typeof columns<number>>>().toEqualTypeOf<Container[]>();
});
