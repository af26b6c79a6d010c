import { st } from "strongroom";
import { openPage } from "strongroom/testing";
import { expect, expectTypeOf, test } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import type { OpenContainer } from "../container.ts";
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
  expectTypeOf<ReturnType<typeof tabs<readonly ["A", "B"]>>>().toEqualTypeOf<
    [OpenContainer, OpenContainer]
  >();
  // @ts-expect-error "C" is no label
  const wrong = (): unknown => tabs(["A", "B"], { default: "C" });
  expect(wrong).toThrow();
});

test("followed by the script, the open one is known, and what is not seen need not be computed", async () => {
  const computed: string[] = [];
  const page = await openPage(() => {
    const [chart, data] = st.tabs(["Chart", "Data"], { key: "view", onChange: "rerun", default: "Data" });
    for (const [name, tab] of [
      ["chart", chart],
      ["data", data],
    ] as const)
      if (tab.open) computed.push(name);
    computed.push(String(st.sessionState["view"]));
  });
  await page.answer("tabs#view", "Chart");
  expect(computed).toEqual(["data", "Data", "chart", "Chart"]);
  expect(await page.forge({ values: { "tabs#view": "Other" } })).toMatchObject({ taken: false });
});

test("not followed, nothing may be answered, and no tab says whether it is open", async () => {
  const seen: unknown[] = [];
  const page = await openPage(() => seen.push(st.tabs(["A", "B"])[0].open));
  const { id } = page.find("tabs");
  expect(page.send({ values: { [id]: "B" } })).toEqual({ taken: false, code: "unknown-widget" });
  expect(seen).toEqual([undefined]);
});

test("followed, each label stands once", async () => {
  const page = await openPage(() => st.tabs(["A", "A"], { onChange: "rerun" }));
  expect(String(page.errors[0])).toContain("each label stands once");
});
