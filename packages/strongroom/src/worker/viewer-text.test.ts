import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { cacheData } from "./cache.ts";
import { openPage } from "../testing/testing.ts";

/** What a page says after a viewer has typed an answer, and the texts that reached the broker. */
async function typed(answer: string, build: (answer: string) => string | Promise<string>) {
  const texts: string[] = [];
  await using page = await openPage(
    async () => {
      const name = st.textArea("Name");
      if (name === "") return;
      // The compiler would refuse it; here the worker has to.
      await st.connection("shop").query<object>(await build(name), { params: {} });
    },
    {
      onQuery: (request) => {
        if (request.kind === "query") texts.push(request.texts.join("?"));
        return Promise.resolve({ columns: [], values: [], changed: undefined });
      },
    },
  );
  await page.answer("Name", answer);
  const errors = page.findAll("exception").map(({ props }) => props["message"]);
  return { texts, errors };
}

describe("an answer in a query's text is found", () => {
  const payload = "x' OR 1=1 --";
  test.each<[string, (answer: string) => string | Promise<string>]>([
    ["as it is", (a) => `select * from t where a = '${a}'`],
    ["in capitals", (a) => `select '${a.toUpperCase()}'`],
    ["in small letters", (a) => `select '${a.toLowerCase()}'`],
    ["trimmed", (a) => `select '${` ${a} `.trim()}'`],
    ["without its spaces", (a) => `select '${a.replaceAll(" ", "")}'`],
    ["with other spaces", (a) => `select '${a.replaceAll(" ", "\n\t")}'`],
    ["with its quotes doubled", (a) => `select '${a.replaceAll("'", "''")}'`],
    ["with its quotes escaped", (a) => `select '${a.replaceAll("'", "\\'")}'`],
    ["cut off at its end", (a) => `select '${a.slice(0, 10)}'`],
    ["cut off at its start", (a) => `select '${a.slice(2)}'`],
    ["after a while", (a) => Promise.resolve(`select '${a}'`)],
    ["of a list", (a) => `select ${[a, "b"].map((one) => `'${one}'`).join()}`],
  ])("%s", async (_, build) => {
    const { texts, errors } = await typed(payload, build);
    expect(errors).toEqual([expect.stringContaining("viewer's answer stands in the text")]);
    expect(texts).toEqual([]);
  });

  test.each<[string, string, (answer: string) => string]>([
    ["a part between commas", "id,x' or 1--", (a) => `select ${a.split(",")[1] ?? ""}`],
    ["a line of several", "one\nx' or 1 --\ntwo", (a) => `select '${a.split("\n")[1] ?? ""}'`],
    ["what was percent-encoded", "x%27%20or%201=1", (a) => `select '${decodeURIComponent(a)}'`],
    ["letters of full width", "ｘ＇ ｏｒ １＝１", (a) => `select '${a.normalize("NFKC")}'`],
    ["a part of a long answer", `${"word ".repeat(2_000)}' or 1=1 or '`, (a) => `select '${a.slice(-14)}'`],
    ["words alone, where there are several", "1 or true", (a) => `select ${a}`],
    ["a comment", "1--", (a) => `select ${a} and b = 2`],
  ])("also %s", async (_, answer, build) => {
    const { errors } = await typed(answer, build);
    expect(errors).toHaveLength(1);
  });
});

describe("one word that is glued into a text", () => {
  const all = "select name from orders where owner = 'me' and name = ";

  test("is refused, whatever the text has of its own", async () => {
    const { texts, errors } = await typed("name", (a) => all + a);
    expect(errors).toEqual([expect.stringContaining("db.identifier(answer")]);
    expect(texts).toEqual([]);
  });

  test("is refused in other cases and among spaces", async () => {
    expect((await typed(" Owner ", (a) => `select ${a.trim().toLowerCase()} from t`)).texts).toEqual([]);
  });

  test.each([
    ["typed by one who asks what others ask, too", "orders", () => `${all}'x'`],
    ["that is a part of another", "own", () => `${all}'x'`],
    ["that is a number of the text's own", "12", () => "select 12"],
  ])("%s is let through", async (_, answer, build) => {
    const texts: string[] = [];
    await using page = await openPage(
      async () => {
        st.textInput("Name");
        await st.connection("shop").query<object>(build(), { params: {} });
      },
      {
        onQuery: (request) => {
          if (request.kind === "query") texts.push(...request.texts);
          return Promise.resolve({ columns: [], values: [], changed: undefined });
        },
      },
    );
    await page.answer("Name", answer);
    expect(page.findAll("exception")).toEqual([]);
    expect(texts).toHaveLength(2);
  });

  test("is let through where the author offers it, refused where anything may be added", async () => {
    const errors = [];
    for (const acceptNewOptions of [false, true]) {
      await using page = await openPage(
        async () => {
          const by = st.selectbox("By", ["price", "date"], { acceptNewOptions });
          await st.connection("shop").query<object>(`select 1 order by ${by}`, { params: {} });
        },
        { onQuery: () => Promise.resolve({ columns: [], values: [], changed: undefined }) },
      );
      await page.answer("By", "date");
      errors.push(page.findAll("exception").length);
    }
    expect(errors).toEqual([0, 1]);
  });
});

test("the name of a file that was sent is found, with its ending and without", async () => {
  for (const cut of [0, 4]) {
    await using page = await openPage(
      async () => {
        const file = st.fileUploader("File");
        if (file === null) return;
        const name = file.name.slice(0, file.name.length - cut);
        await st.connection("shop").query<object>(`select '${name}'`, { params: {} });
      },
      { onQuery: () => Promise.resolve({ columns: [], values: [], changed: undefined }) },
    );
    await page.upload("File", [{ name: "x' or 1=1 or '.csv", bytes: Buffer.from("a,b") }]);
    expect(page.find("exception").props["message"]).toMatch(/viewer's answer stands in the text/);
  }
});

test("a negative number that begins a comment is found", async () => {
  const errors: unknown[] = [];
  const script = async (): Promise<void> => {
    const n = st.numberInput("N", { value: -7, step: 1 });
    await st.connection("shop").query<object>(`select 5-${n} and b = 2`, { params: {} });
  };
  await using page = await openPage(script, {
    onQuery: () => Promise.resolve({ columns: [], values: [], changed: undefined }),
  });
  errors.push(...page.findAll("exception").map(({ props }) => props["message"]));
  expect(errors).toEqual([expect.stringContaining("viewer's answer")]);
});

test.each<[string, () => string, string]>([
  ["a value of the query string", () => st.queryParams["sort"] ?? "", "sort=1;drop%20table%20t"],
  ["a name of the query string", () => Object.keys(st.queryParams)[0] ?? "", "1;drop%20table%20t=1"],
  [
    "what session state was given",
    () => {
      st.sessionState["saved"] ??= { deep: [st.queryParams["sort"] ?? ""] };
      st.queryParams.clear();
      return (st.sessionState["saved"] as { deep: string[] }).deep[0] ?? "";
    },
    "sort=1;drop%20table%20t",
  ],
])("%s is found in a text", async (_, read, query) => {
  const script = (): unknown => st.connection("shop").query<object>(`select ${read()}`, { params: {} });
  await using page = await openPage(script, { query });
  expect(page.findAll("exception").map(({ props }) => props["message"])).toEqual([
    expect.stringContaining("viewer's answer stands in the text"),
  ]);
});

describe("a text of the author's own is let through", () => {
  const own = "select a, b from orders where a = 1 and note like '%-%' -- all";
  test.each(["-", "1.5", "Grüße", "like what I had in mind, really", "O'Brien", ""])(
    "whatever the viewer types: %s",
    async (answer) => {
      const { texts, errors } = await typed(answer, () => own);
      expect(errors).toEqual([]);
      expect(texts).toEqual(answer === "" ? [] : [own]);
    },
  );

  test("where the compiler has seen it, whatever stands in it", async () => {
    const texts: string[] = [];
    await using page = await openPage(
      async () => {
        st.textInput("Name");
        const db = st.connection("shop") as unknown as Record<
          "query",
          (...given: unknown[]) => Promise<unknown>
        >;
        // As the compiler writes it.
        await db.query("select a, b from t", { params: {} }, true);
      },
      {
        onQuery: (request) => {
          if (request.kind === "query") texts.push(...request.texts);
          return Promise.resolve({ columns: [], values: [], changed: undefined });
        },
      },
    );
    await page.answer("Name", "select a, b from t");
    expect(page.findAll("exception")).toEqual([]);
    expect(texts).toHaveLength(2);
  });
});

test("an answer that a cached function was given is found in its text", async () => {
  await using page = await openPage(async () => {
    const name = st.textInput("Name");
    const load = cacheData(
      (who: string) => st.connection("shop").query<object>(`select '${who}'`, { params: {} }),
      {},
      "here",
    );
    if (name !== "") await load(name);
  });
  await page.answer("Name", "x' or 1=1");
  expect(page.find("exception").props["message"]).toMatch(/viewer's answer stands in the text/);
});

test("an answer in the text of a path is found, one that is a single word is not", async () => {
  const paths: string[] = [];
  await using page = await openPage(
    async () => {
      const name = st.textInput("Name");
      const get = st.connection("api", { type: "http" }).get as (path: string) => Promise<unknown>;
      await get(`/users/${name}`);
    },
    {
      onQuery: (request) => {
        if (request.kind === "http") paths.push(request.path);
        const http = { status: 200, headers: [], body: new Uint8Array() };
        return Promise.resolve({ columns: [], values: [], changed: undefined, http });
      },
    },
  );
  await page.answer("Name", "ada");
  await page.answer("Name", "ada/keys");
  expect(page.find("exception").props["message"]).toMatch(/stands in the text of the path/);
  expect(paths).toEqual(["/users/", "/users/ada"]);
});
