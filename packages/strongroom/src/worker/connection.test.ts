import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { cacheData } from "./cache.ts";
import { openPage, type OpenOptions, type Page } from "../testing/testing.ts";
import type { BrokerRequest, QueryRequest } from "../wire/query.ts";
import type { BrokerResult } from "../wire/query-answer.ts";
import type { Transaction } from "./connection-sql.ts";

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
      "a frozen list made up to look like a template",
      (db: never) =>
        (db as { query: (text: unknown) => unknown }).query(
          Object.freeze(Object.assign(["select 1"], { raw: Object.freeze(["select 1"]) })),
        ),
      /is a template/,
    ],
    [
      "more values than a template has room for",
      (db: never) =>
        ((...given: readonly unknown[]) =>
          (db as { query: (...given: readonly unknown[]) => unknown }).query(...given, 2))`select ${1}`,
      /is a template/,
    ],
    [
      "an empty list",
      (db: never) => (db as ReturnType<typeof st.connection>).query`select 1 where 1 in (${[]})`,
      /value 1.* list of at least one value/,
    ],
    [
      "text of half a character",
      (db: never) => (db as ReturnType<typeof st.connection>).query`select ${"\ud800"}`,
      /value 1.* must be text/,
    ],
    [
      "more values than a database takes",
      (db: never) =>
        (db as ReturnType<typeof st.connection>).query`select ${Array.from({ length: 1_001 }, () => 1)}`,
      /at most 1,000 values/,
    ],
    [
      "an option that it does not have",
      (db: never) =>
        (db as ReturnType<typeof st.connection>).query("select 1", { params: {}, cache: 1 } as never),
      /there is no option `cache`/,
    ],
    [
      "the rights of a viewer whom nobody knows",
      (db: never) =>
        (db as ReturnType<typeof st.connection>).query("select 1", { params: {}, as: "viewer" } as never),
      /only a connection with type: "http" asks as the viewer/,
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

  test("of a run that is replaced is given up; one that others wait for is not", async () => {
    const signals: AbortSignal[] = [];
    const script = async (): Promise<void> => {
      const text = st.textInput("Text");
      const db = st.connection("shop");
      if (text === "alone") await db.query`select ${1}`;
      if (text === "shared") await cacheData(() => db.query`select ${2}`, {}, "here")();
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

describe("a value", () => {
  test("that is a list becomes as many values", async () => {
    const { requests } = await asked(async () => {
      const db = st.connection("shop");
      await db.query`select 1 where a in (${[1, "b", null]}) and c = ${2}`;
      await db.query("select 1 where a in (:ids)", { params: { ids: [1, 2] } });
    });
    expect(requests.map(({ texts, values }) => ({ texts, values }))).toEqual([
      { texts: ["select 1 where a in (", ", ", ", ", ") and c = ", ""], values: [1, "b", null, 2] },
      { texts: ["select 1 where a in (", ", ", ")"], values: [1, 2] },
    ]);
  });

  test("that names a column is one of the declared names, and no object of a viewer's making", async () => {
    const { requests } = await asked(async () => {
      const db = st.connection("shop");
      await db.query`select * from t order by ${db.identifier("price", ["price", "date"])} desc`;
      const c = db.identifier('a"b', ['a"b']);
      await db.query("select :c from t where a = :a", { params: { c, a: 1 } });
    });
    expect(requests.map(({ texts, values, names }) => ({ texts, values, names }))).toEqual([
      { texts: ["select * from t order by ", " desc"], values: [], names: [[0, "price"]] },
      { texts: ["select ", " from t where a = ", ""], values: [1], names: [[0, 'a"b']] },
    ]);
    const refused = [
      (db: ReturnType<typeof st.connection>) => db.identifier("price; drop table t", ["price"]),
      (db: ReturnType<typeof st.connection>) => db.identifier("toString", ["price"]),
      (db: ReturnType<typeof st.connection>) => db.identifier("price", "price" as never),
      (db: ReturnType<typeof st.connection>) => db.query`select ${JSON.parse('{"name":"price"}')}`,
    ];
    for (const ask of refused) {
      const { page, requests: sent } = await asked(() => ask(st.connection("shop")));
      expect(message(page)).toMatch(/name that is not in its list|names that may pass|must be text/);
      expect(sent).toEqual([]);
    }
  });
});

/** Answers whatever is asked, and notes it. */
async function broker(
  script: () => unknown,
  answer: (request: BrokerRequest, signal: AbortSignal) => Promise<Partial<BrokerResult>>,
) {
  const requests: BrokerRequest[] = [];
  const page = await openPage(script, {
    onQuery: async (request, signal) => {
      requests.push(request);
      return { columns: [], values: [], changed: undefined, ...(await answer(request, signal)) };
    },
  });
  return { page, requests };
}

describe("a statement that changes", () => {
  test("says how many rows, and is never taken from a cache", async () => {
    const seen: unknown[] = [];
    const { requests } = await broker(
      async () => {
        const db = st.connection("shop", { ttl: "1h" });
        for (const _ of [1, 2]) seen.push(await db.execute`delete from t where id = ${7}`);
        seen.push(await db.execute("delete from t where id = :id", { params: { id: 7 } }));
      },
      () => Promise.resolve({ changed: 3 }),
    );
    expect(seen).toEqual([{ changed: 3 }, { changed: 3 }, { changed: 3 }]);
    expect(requests).toHaveLength(3);
  });
});

describe("a transaction", () => {
  const kinds = (requests: readonly BrokerRequest[]) =>
    requests.map((request) => ("transaction" in request ? request.kind : `${request.kind} outside`));

  test("asks between its begin and its commit, under one number", async () => {
    const seen: unknown[] = [];
    const { requests } = await broker(
      async () => {
        const answer = await st.connection("shop").transaction(async (tx) => {
          await tx.execute`insert into t values (${1})`;
          return tx.query`select count(*) as n from t`;
        });
        seen.push(answer);
      },
      () => Promise.resolve({ columns: [{ name: "n", type: "integer" }], values: [[4]], changed: 1 }),
    );
    expect(seen).toEqual([[{ n: 4 }]]);
    expect(kinds(requests)).toEqual(["begin", "query", "query", "commit"]);
    expect(new Set(requests.map((request) => "transaction" in request && request.transaction)).size).toBe(1);
  });

  test.each<[string, (tx: Transaction) => Promise<unknown>, RegExp]>([
    ["throws", () => Promise.reject(new Error("no stock")), /no stock/],
    ["does not wait for a statement", async (tx) => void tx.execute`delete from t`, /await each of them/],
  ])("whose function %s is taken back", async (_, work, expected) => {
    const { page, requests } = await broker(
      () => st.connection("shop").transaction(work),
      (request) => (request.kind === "query" ? new Promise(() => undefined) : Promise.resolve({})),
    );
    expect(message(page)).toMatch(expected);
    expect(kinds(requests).at(0)).toBe("begin");
    expect(kinds(requests).at(-1)).toBe("rollback");
    expect(kinds(requests)).not.toContain("commit");
  });

  test("of a run that is replaced is taken back", async () => {
    const { page, requests } = await broker(
      async () => {
        if (st.textInput("Text") !== "go") return;
        await st.connection("shop").transaction((tx) => tx.execute`delete from t`);
      },
      ({ kind }, signal) =>
        new Promise((resolve, reject) => {
          if (kind !== "query") resolve({});
          signal.addEventListener("abort", () => reject(signal.reason as Error));
        }),
    );
    page.send({ values: { [page.find("textInput").id]: "go" } });
    await expect.poll(() => kinds(requests)).toEqual(["begin", "query"]);
    await page.answer("Text", "other");
    await expect.poll(() => kinds(requests)).toEqual(["begin", "query", "rollback"]);
  });

  test("takes no statement after its end", async () => {
    const { page, requests } = await broker(
      async () => {
        const kept = await st.connection("shop").transaction(async (tx) => ({ tx }));
        await kept.tx.query`select 1`;
      },
      () => Promise.resolve({}),
    );
    expect(message(page)).toMatch(/transaction has ended/);
    expect(kinds(requests)).toEqual(["begin", "commit"]);
  });
});

describe("a custom connection", () => {
  test("calls by name, with plain arguments, and keeps answers for as long as it is told", async () => {
    const seen: unknown[] = [];
    const { requests } = await broker(
      async () => {
        const crm = st.connection("crm", { type: "custom" });
        for (const region of ["EU", "EU", "US"])
          seen.push(await crm.call<string[]>("customers", { region }, { ttl: "10m" }));
      },
      (request) => Promise.resolve({ result: request.kind === "call" ? [request.args] : [] }),
    );
    expect(seen).toEqual([[{ region: "EU" }], [{ region: "EU" }], [{ region: "US" }]]);
    expect(requests).toMatchObject([
      { kind: "call", connection: "crm", name: "customers", args: { region: "EU" } },
      { args: { region: "US" } },
    ]);
  });

  test.each([[{ at: new Date(0) }], [{ f: () => 1 }], [{ a: undefined }]])("takes no %o", async (args) => {
    const { page } = await broker(
      () => st.connection("crm", { type: "custom" }).call("customers", args),
      () => Promise.resolve({}),
    );
    expect(message(page)).toMatch(/plain JSON/);
  });
});

test("the ttl of an operator holds where the author names none", async () => {
  const requests: unknown[] = [];
  const page = await openPage(
    async () => {
      const db = st.connection("shop");
      await db.query`select 1`;
      await db.query`select 1`;
      await db.query("select 1", { params: {}, ttl: 0 });
    },
    {
      connectionDefaultTtl: "1m",
      onQuery: (request) => {
        requests.push(request);
        return Promise.resolve({ columns: [], values: [], changed: undefined });
      },
    },
  );
  expect(page.findAll("exception")).toEqual([]);
  expect(requests).toHaveLength(2);
});
