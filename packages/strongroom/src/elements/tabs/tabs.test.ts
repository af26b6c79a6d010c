import { expect, expectTypeOf, test } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import type { Container } from "../container.ts";
import { tabs } from "./tabs.server.ts";

test("gives a container for each label, in order", () => {
  const [node] = nodesOf(() => {
    const [a, b] = tabs(["A", "B"], { default: "B" });
    b.text("in b");
    a.text("in a");
  });
  expect(node?.props).toMatchObject({ labels: ["A", "B"], first: 1 });
  expect(node?.children?.map(({ children }) => children?.[0]?.props["text"])).toEqual(["in a", "in b"]);
});

test("refuses no labels, and a default that is none of them", () => {
  expect(() => beginRun().call(() => tabs([]))).toThrow("`labels` must be");
  expect(() => beginRun().call(() => tabs(["A"] as string[], { default: "C" }))).toThrow(
    "`default` must be one of the labels",
  );
});

test("the type knows how many there are, and which may be the default", () => {
  expectTypeOf<ReturnType<typeof tabs<readonly ["A", "B"]>>>().toEqualTypeOf<[Container, Container]>();
  // @ts-expect-error "C" is no label
  const wrong = (): unknown => tabs(["A", "B"], { default: "C" });
  expect(wrong).toThrow();
});
