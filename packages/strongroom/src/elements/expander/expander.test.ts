import { st } from "strongroom";
import { openPage } from "strongroom/testing";
import { expect, test } from "vitest";
import { nodesOf } from "../../testing/nodes-of.ts";
import { text } from "../text/text.server.ts";
import { expander } from "./expander.server.ts";

test("stays the same one when something new comes before it", () => {
  const ids = (script: () => void): unknown =>
    nodesOf(script)
      .filter(({ kind }) => kind === "expander")
      .map(({ id }) => id);
  const before = ids(() => void expander("Details"));
  expect(ids(() => [text("new"), expander("Other"), expander("Details")])).toEqual([
    "expander:Other",
    ...(before as string[]),
  ]);
  expect(ids(() => [expander("Details", { key: "d" }), expander("More", { key: "m" })])).toEqual([
    "expander#d",
    "expander#m",
  ]);
});

test("followed by the script, it says whether it is open, and a callback hears of it", async () => {
  const seen: unknown[] = [];
  const page = await openPage(() => {
    st.expander("Plain", (part) => seen.push(part.open));
    const part = st.expander("Costly", { onChange: () => seen.push("heard") });
    seen.push(part.open);
  });
  const { id } = page.find("expander", "Costly");
  await page.answer(id, true);
  expect(seen).toEqual([undefined, false, "heard", undefined, true]);
  await page.restore();
  expect(seen.slice(5)).toEqual([undefined, true]);
});

test("bound to the URL, a link leads to it open", async () => {
  const seen: unknown[] = [];
  const script = (): void => void seen.push(st.expander("More", { key: "more", bind: "query-params" }).open);
  const page = await openPage(script, { query: "more=true" });
  expect(page.errors).toEqual([]);
  expect(seen).toEqual([true]);
});
