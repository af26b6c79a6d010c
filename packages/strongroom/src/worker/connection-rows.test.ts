import { expect, test } from "vitest";
import { st } from "../st.ts";
import { openPage } from "../testing/testing.ts";
import type { BrokerResult } from "../wire/query-answer.ts";

interface Order {
  id: number;
  day: Date;
  name: string | null;
}

const columns = ["id", "big", "day", "name", "raw", "doc"].map((name) => ({ name, type: "text" as const }));
const result: BrokerResult = {
  columns,
  values: [
    [1, 2],
    [9_007_199_254_740_993n, 1n],
    [new Date(0), new Date(86_400_000)],
    ["Ann", null],
    [Uint8Array.of(1), null],
    [{ a: [1] }, [1, 2]],
  ],
  changed: undefined,
};

test("rows go into tables and charts as they come", async () => {
  await using page = await openPage(
    async () => {
      const db = st.connection("shop");
      const rows = await db.query`select * from orders`;
      const orders = await db.query<Order>`select * from orders`;
      st.dataframe(rows);
      st.dataframe(orders);
      st.table(orders);
      st.lineChart(orders, { x: "day", y: "id" });
      st.barChart(orders, { x: "name", y: "id" });
    },
    { onQuery: () => Promise.resolve(result) },
  );
  expect(page.findAll("exception").map(({ props }) => props["message"])).toEqual([]);
  expect(page.findAll("dataframe")).toHaveLength(2);
  expect(JSON.stringify(page.findAll("dataframe")[0]?.props)).toContain("9007199254740993");
});

test("a result is the caller's own, also one that is kept for others", async () => {
  const seen: unknown[] = [];
  await using page = await openPage(
    async () => {
      const db = st.connection("shop", { ttl: "1m" });
      for (const _ of [1, 2]) {
        const [row] = await db.query<{ id: number; doc: { a: number[] } }>`select * from orders`;
        seen.push(structuredClone(row?.doc));
        row?.doc.a.push(99);
      }
    },
    { onQuery: () => Promise.resolve(structuredClone(result)) },
  );
  expect(page.findAll("exception")).toEqual([]);
  expect(seen).toEqual([{ a: [1] }, { a: [1] }]);
});
