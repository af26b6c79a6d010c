import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { currentScope } from "./run.ts";
import { openPage, type Page } from "../testing/testing.ts";

const message = (page: Page): unknown => page.find("exception").props["message"];
const texts = (page: Page): unknown[] => page.findAll("text").map(({ props }) => props["text"]);

describe("inside of a function whose value is for all", () => {
  const reads: readonly (readonly [string, () => unknown])[] = [
    ["st.sessionState", () => st.sessionState["name"]],
    ["st.sessionState", () => (st.sessionState["name"] = 1)],
    ["st.sessionState", () => "name" in st.sessionState],
    ["st.sessionState", () => Object.keys(st.sessionState)],
    ["st.queryParams", () => st.queryParams.get("name")],
    ["st.queryParams", () => st.queryParams.set("name", "x")],
    ["The menu", () => st.switchPage("other")],
  ];

  test.each(reads)("%s is not there, and the fix is named (%#)", async (what, read) => {
    const load = st.cacheData(() => read());
    await using page = await openPage(() => void load());
    expect(message(page)).toContain(`${what} belongs to one session`);
    expect(message(page)).toContain(
      'Pass what it needs as an argument, or keep values apart with { scope: "session" }.',
    );
  });

  test.each(reads)("nor of an async one, after it has waited (%s, %#)", async (what, read) => {
    const load = st.cacheData(async () => {
      await Promise.resolve();
      return read();
    });
    await using page = await openPage(async () => void (await load()));
    expect(message(page)).toContain(`${what} belongs to one session`);
  });

  test("a function within it reads no more than it may itself", async () => {
    const inner = st.cacheData(() => st.sessionState["name"] ?? 1, { scope: "session" });
    const mine = st.cacheData(() => 1, { scope: "viewer" });
    for (const one of [inner, mine]) {
      const outer = st.cacheData(() => one());
      await using page = await openPage(() => void outer());
      expect(message(page)).toMatch(
        /belongs to one (session|viewer), and this cached function keeps its value for all/,
      );
    }
  });

  test("what an app keeps in a context of its own is not there", async () => {
    const own = new AsyncLocalStorage<string>();
    const load = st.cacheData(async () => {
      await Promise.resolve();
      return `${own.getStore()}`;
    });
    await using page = await openPage(() => own.run("Ann", async () => st.text(await load())));
    expect(texts(page)).toEqual(["undefined"]);
  });

  test("a call that outlives its run reads nothing either", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const leaked: string[] = [];
    const load = st.cacheData(async () => {
      await promise;
      try {
        leaked.push(String(st.sessionState["name"]));
      } catch (error) {
        leaked.push(String(error));
      }
      return 1;
    });
    await using page = await openPage(() => {
      st.sessionState["name"] = "ann's";
      void load();
    });
    resolve();
    await expect.poll(() => leaked.length).toBe(1);
    expect(leaked[0]).toContain("belongs to one session");
    expect(page.errors).toEqual([]);
  });

  test("nothing is asked with one viewer's rights", async () => {
    const requests: unknown[] = [];
    const load = st.cacheData(async () => {
      const answer = await st.connection("api", { type: "http" }).get("/me", { as: "viewer" });
      return answer.status;
    });
    await using page = await openPage(async () => void (await load()), {
      onQuery: async (request) => {
        requests.push(request);
        throw new Error("It was asked.");
      },
    });
    expect(message(page)).toContain("Who is looking belongs to one viewer");
    expect(requests).toEqual([]);
  });

  test("what was passed to it is searched for what the viewer has written", async () => {
    const load = st.cacheData((text: string) =>
      st.connection("shop").query(text as "select 1", { params: {} }),
    );
    await using page = await openPage(async () => {
      const name = st.textInput("Name");
      if (name !== "") await load(`select * from users where name = '${name}'`);
    });
    await page.answer("Name", "x' or 1=1 --");
    expect(message(page)).toContain("A viewer's answer stands in the text of the query");
  });

  test.each([
    ["checkbox", () => st.checkbox("On")],
    ["button", () => st.button("Go")],
    ["slider", () => st.slider("Level", { minValue: 0, maxValue: 9 })],
  ])("st.%s is refused, with the fix", async (kind, ask) => {
    for (const scope of ["global", "session"] as const) {
      const load = st.cacheData(() => ask(), { scope });
      await using page = await openPage(() => void load());
      expect(message(page)).toContain(`st.${kind} stands in a cached function`);
      expect(message(page)).toContain("pass the answer as an argument");
    }
  });

  test("a part of the page that was made outside is not touched", async () => {
    const scripts: readonly (() => unknown)[] = [
      () => {
        const box = st.container();
        return st.cacheData(() => box.text("in"))();
      },
      () => {
        const box = st.container();
        return st.cacheData(() => box.with(() => st.text("in")))();
      },
      () => {
        const bar = st.progress(0);
        return st.cacheData(() => bar.progress(50))();
      },
    ];
    for (const script of scripts) {
      await using page = await openPage(() => void script());
      expect(message(page)).toContain("changes a part of the page that was made outside of it");
    }
  });
});

test("what a function leaves behind holds nothing of the viewer who called it", async () => {
  const left: (() => unknown)[] = [];
  const load = st.cacheResource(
    () => {
      const scope = currentScope();
      left.push(
        () => scope?.run.session.number,
        () => scope?.run.outermost === scope?.run,
      );
      return 1;
    },
    { scope: "session" },
  );
  await using page = await openPage(() => void load());
  expect(page.errors).toEqual([]);
  expect(left[0]).toThrow(/A cached function has ended/);
  expect(left[1]?.()).toBe(true);
});

test("a function for one session reads what is that session's", async () => {
  const load = st.cacheData(() => `${String(st.sessionState["name"])} ${st.queryParams.get("q") ?? ""}`, {
    scope: "session",
  });
  const script = (): void => {
    st.sessionState["name"] ??= "ann";
    st.text(load());
  };
  await using page = await openPage(script, { query: "q=1" });
  expect(texts(page)).toEqual(["ann 1"]);
});

test("two viewers, a thousand calls each: none reads what is the other's", async () => {
  const shared = new Map<string, unknown>();
  const forViewer = st.cacheData((id: number, name: string) => ({ id, name }), {
    scope: "viewer",
    key: (id) => id % 50,
  });
  const forSession = st.cacheData((id: number) => ({ id, name: st.sessionState["name"] }), {
    scope: "session",
    maxEntries: 40,
  });
  const later = st.cacheData(
    async (id: number, name: string) => {
      await Promise.resolve();
      return { id, name };
    },
    { scope: "viewer", key: (id) => id },
  );
  let crossed = 0;
  let calls = 0;
  const script = async (): Promise<void> => {
    const name = (st.sessionState["name"] ??= st.queryParams.get("name")) as string;
    const waiting: Promise<{ name: unknown }>[] = [];
    for (let id = 0; id < 1_000; id++) {
      const found = [forViewer(id, name), forSession(id % 60)];
      crossed += found.filter((one) => one.name !== name).length;
      waiting.push(later(id, name));
      if (id % 100 === 0) await Promise.resolve();
      calls++;
    }
    for (const one of await Promise.all(waiting)) if (one.name !== name) crossed++;
  };
  const pages = await Promise.all(
    ["ann", "bob"].map((name) => openPage(script, { shared, query: `name=${name}` })),
  );
  for (const page of pages) {
    expect(page.errors).toEqual([]);
    await page.close();
  }
  expect([crossed, calls]).toEqual([0, 2_000]);
});

test("tabs of one viewer share what is the viewer's; a session's values end with it", async () => {
  const shared = new Map<string, unknown>();
  let calls = 0;
  const released: number[] = [];
  const mine = st.cacheData(() => ++calls, { scope: "viewer" });
  const tab = st.cacheResource(() => ({ n: ++calls }), {
    scope: "session",
    onRelease: ({ n }) => released.push(n),
  });
  const script = (): void => st.text(`${mine()} ${tab().n}`);
  const one = await openPage(script, { shared, viewer: "ann" });
  await using other = await openPage(script, { shared, viewer: "ann" });
  await using stranger = await openPage(script, { shared, viewer: "bob" });
  expect([one, other, stranger].map((page) => texts(page)[0])).toEqual(["1 2", "1 3", "4 5"]);
  await one.close();
  expect(released).toEqual([2]);
});
