import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { openPage, type OpenOptions, type Page } from "../testing/testing.ts";
import type { QueryRequest } from "../wire/query.ts";
import type { BrokerResult } from "../wire/query-answer.ts";
import { cutAtNames } from "./query-text.ts";

const message = (page: Page): unknown => page.find("exception").props["message"];

/** Runs a script beside a broker that notes what it is asked. */
async function asked(
  script: () => unknown,
  result: BrokerResult = { columns: [{ name: "n", type: "integer" }], values: [[1]], changed: undefined },
  options: OpenOptions = {},
): Promise<{ requests: QueryRequest[]; page: Page }> {
  const requests: QueryRequest[] = [];
  const page = await openPage(script, {
    ...options,
    onQuery: (request) => {
      if (request.kind === "query") requests.push(request);
      return Promise.resolve(result);
    },
  });
  return { requests, page };
}

describe("a query", () => {
  test("that is a template keeps text and values apart", async () => {
    const region = "EU' or 1=1 --";
    const { requests } = await asked(
      () => st.connection("shop").query`select * from orders where region = ${region} and n > ${3}`,
    );
    expect(requests).toEqual([
      {
        kind: "query",
        connection: "shop",
        texts: ["select * from orders where region = ", " and n > ", ""],
        values: [region, 3],
        maxRows: 100_000,
      },
    ]);
  });

  test("with names is cut at them", async () => {
    const { requests } = await asked(() =>
      st.connection("shop").query("select ':no', a::text from t -- :no\nwhere a = :a and b = :b or a > :a", {
        params: { a: 1, b: null },
        maxRows: 5,
      }),
    );
    expect(requests).toMatchObject([
      {
        texts: ["select ':no', a::text from t -- :no\nwhere a = ", " and b = ", " or a > ", ""],
        values: [1, null, 1],
        maxRows: 5,
      },
    ]);
  });

  test("carries whole numbers, bytes and dates both ways", async () => {
    let rows: unknown;
    const script = async (): Promise<void> => {
      rows = await st.connection("shop")
        .query`select ${2n ** 60n}, ${Uint8Array.of(1, 2)}, ${new Date(0)}, ${undefined}, ${true}`;
    };
    const { requests } = await asked(script, {
      columns: ["a", "b", "__proto__"].map((name) => ({ name, type: "text" })),
      values: [[9_007_199_254_740_993n], [Uint8Array.of(1, 2)], ["x"]],
      changed: undefined,
    });
    expect(requests[0]?.values).toEqual([
      { big: "1152921504606846976" },
      { bytes: "AQI=" },
      { date: "1970-01-01T00:00:00.000Z" },
      null,
      true,
    ]);
    const [row] = rows as Record<string, unknown>[];
    expect(Object.entries(row ?? {})).toEqual([
      ["a", 9_007_199_254_740_993n],
      ["b", Uint8Array.of(1, 2)],
      ["__proto__", "x"],
    ]);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  });

  test("is answered once for all within its ttl, by connection, text and values", async () => {
    const script = async (): Promise<void> => {
      const db = st.connection("shop", { ttl: "10m" });
      for (const id of [1, 2, 1]) await db.query`select * from t where id = ${id}`;
      await db.query("select * from t where id = :id", { params: { id: 1 } });
      await st.connection("other", { ttl: "10m" }).query`select * from t where id = ${1}`;
    };
    const { requests } = await asked(script);
    expect(requests.map(({ connection, values }) => [connection, ...values])).toEqual([
      ["shop", 1],
      ["shop", 2],
      ["other", 1],
    ]);
  });

  test.each([
    [
      "text without params",
      (db: never) => (db as { query: (text: string) => unknown }).query("select 1"),
      /is a template.*params/s,
    ],
    [
      "a list made up to look like a template",
      (db: never) =>
        (db as { query: (text: unknown) => unknown }).query(
          Object.assign(["select 1"], { raw: ["select 1"] }),
        ),
      /is a template/,
    ],
    [
      "a name without a value",
      (db: never) => (db as ReturnType<typeof st.connection>).query("select :a", { params: { b: 1 } }),
      /value for `:a`/,
    ],
    [
      "a name that an object inherits",
      (db: never) => (db as ReturnType<typeof st.connection>).query("select :constructor", { params: {} }),
      /value for `:constructor`/,
    ],
    [
      "a value that is an object",
      (db: never) => (db as ReturnType<typeof st.connection>).query`select ${{ a: 1 } as never}`,
      /value 1.* must be text/,
    ],
    [
      "a value that is no number",
      (db: never) => (db as ReturnType<typeof st.connection>).query`select ${Number.NaN}`,
      /value 1.* must be text/,
    ],
    [
      "no row at all",
      (db: never) => (db as ReturnType<typeof st.connection>).query("select 1", { params: {}, maxRows: 0 }),
      /maxRows/,
    ],
  ])("with %s is refused", async (_, ask, expected) => {
    const { page, requests } = await asked(() => ask(st.connection("shop") as never));
    expect(message(page)).toMatch(expected);
    expect(requests).toEqual([]);
  });

  test("with a viewer's answer in its text is refused, however it came there", async () => {
    const script = async (): Promise<void> => {
      const name = st.textInput("Name");
      if (name !== "")
        await st.connection("shop").query(`select * from t where name = '${name}'`, { params: {} });
    };
    const { page, requests } = await asked(script);
    await page.answer("Name", "' or 1=1 --");
    expect(message(page)).toMatch(/viewer's answer stands in the text/);
    expect(requests).toEqual([]);
  });

  test("with a part of the viewer's URL in its text is refused", async () => {
    const script = (): unknown =>
      st.connection("shop").query(`select ${st.queryParams.get("sort") ?? "1"}`, { params: {} });
    const { page } = await asked(script, undefined, { query: "sort=1;drop%20table%20t" });
    expect(message(page)).toMatch(/viewer's answer stands in the text/);
  });

  test("whose own words a viewer happens to choose is not", async () => {
    const script = async (): Promise<void> => {
      st.selectbox("Table", ["orders", "a"]);
      await st.connection("shop").query("select a from orders", { params: {} });
    };
    const { requests } = await asked(script);
    expect(requests).toHaveLength(1);
  });

  test("of a run that is replaced is given up; one that others wait for is not", async () => {
    const signals: AbortSignal[] = [];
    const script = async (): Promise<void> => {
      const text = st.textInput("Text");
      const db = st.connection("shop");
      if (text === "alone") await db.query`select ${1}`;
      if (text === "shared") await st.cacheData(() => db.query`select ${2}`, {}, "here")();
    };
    await using page = await openPage(script, {
      onQuery: (_, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    const id = page.find("textInput").id;
    page.send({ values: { [id]: "alone" } });
    page.send({ values: { [id]: "shared" } });
    await page.answer("Text", "none");
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  test("of a connection with a wrong name says what a name is", async () => {
    const { page } = await asked(() => st.connection("../shop"));
    expect(message(page)).toMatch(/st\.connection: `name` must be/);
  });
});

describe("a statement's names", () => {
  test.each([
    ["select :a", ["select ", ""], ["a"]],
    [":a:b", ["", "", ""], ["a", "b"]],
    ["select 'it''s :a', \":b\", `:c`", ["select 'it''s :a', \":b\", `:c`"], []],
    ["/* :a */ select 1 -- :b", ["/* :a */ select 1 -- :b"], []],
    ["a::int, x[1:2], 12:30", ["a::int, x[1:2], 12:30"], []],
    ["select ' :a", ["select ' ", ""], ["a"]],
  ])("of %o are found", (text, texts, names) => {
    expect(cutAtNames(text)).toEqual({ texts, names });
  });
});
