import { describe, expect, test, vi } from "vitest";
import { st } from "../st.ts";
import { openPage, type Page } from "../testing/testing.ts";

const texts = (page: Page): unknown[] => page.findAll("text").map(({ props }) => props["text"]);
const png = Uint8Array.from(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);

describe("what a cached function shows", () => {
  test.each([
    ["data", st.cacheData],
    ["a resource", st.cacheResource],
  ])("is shown again with its value, in its place, at the side as well: %s", async (_, cached) => {
    let calls = 0;
    const load = cached(() => {
      calls++;
      st.text("loaded");
      const box = st.expander("More");
      box.text("inside");
      st.sidebar.text("side");
      return 7;
    });
    const script = (): void => {
      st.text("before");
      const box = st.container();
      const value = box.with(() => load());
      st.text(`after ${value}`);
      load();
    };
    const shared = new Map<string, unknown>();
    await using page = await openPage(script, { shared });
    await using other = await openPage(script, { shared });
    expect(calls).toBe(1);
    for (const one of [page, other]) {
      expect(one.errors).toEqual([]);
      expect(one.tree().map(({ kind }) => kind)).toEqual(["text", "container", "text", "text", "expander"]);
      expect(one.tree()[1]?.children.map(({ kind }) => kind)).toEqual(["text", "expander"]);
      expect(one.side().map(({ props }) => props["text"])).toEqual(["side", "side"]);
    }
  });

  test("an image is fetched by each under a handle of its own session", async () => {
    const load = st.cacheData(() => st.image(png, { alt: "dot" }));
    const shared = new Map<string, unknown>();
    await using page = await openPage(load, { shared });
    await using other = await openPage(load, { shared });
    const handleOf = (one: Page): string => {
      const [image] = one.find("image").props["images"] as unknown as { source: { handle: string } }[];
      return image?.source.handle ?? "";
    };
    for (const one of [page, other]) expect(one.offered.get(handleOf(one))?.bytes).toEqual(png);
    expect(handleOf(page)).not.toBe(handleOf(other));
  });

  test("stands on the page when it fails or stops, and those who wait read the same", async () => {
    const fail = st.cacheData(async () => {
      st.text("shown");
      await Promise.resolve();
      throw new Error("no network");
    });
    const halt = st.cacheData(async () => {
      st.text("sorry");
      await Promise.resolve();
      st.stop();
    });
    const shared = new Map<string, unknown>();
    for (const [load, expected] of [
      [fail, ["shown"]],
      [halt, ["sorry"]],
    ] as const) {
      const script = async (): Promise<void> => {
        await load();
        st.text("never");
      };
      for (const page of await Promise.all([openPage(script, { shared }), openPage(script, { shared })])) {
        expect(texts(page)).toEqual(expected);
        expect(page.has("exception")).toBe(load === fail);
      }
    }
  });

  test("nests", async () => {
    const inner = st.cacheData((id: number) => st.text(`inner ${id}`));
    const outer = st.cacheData(() => {
      st.text("outer");
      inner(1);
    });
    const shared = new Map<string, unknown>();
    await using first = await openPage(outer, { shared });
    await using second = await openPage(() => [outer(), inner(1)], { shared });
    expect([texts(first), texts(second)]).toEqual([
      ["outer", "inner 1"],
      ["outer", "inner 1", "inner 1"],
    ]);
  });
});

describe("the spinner", () => {
  /** A page that waits, and what ends that. */
  async function waiting(options: { showSpinner?: boolean | string; showTime?: boolean }, nested = false) {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { promise, resolve } = Promise.withResolvers<void>();
    const inner = st.cacheData(() => promise.then(() => 1), options);
    const outer = st.cacheData(() => inner(), { showSpinner: false });
    const opening = openPage(async () => st.text(`got ${await (nested ? outer() : inner())}`));
    let page: Page | undefined;
    void opening.then((opened) => (page = opened));
    return { resolve, opening, page: () => page };
  }

  test.each([
    [{}, false, ["Loading…"]],
    [{ showSpinner: "Asking **all**" }, false, [["Asking ", { k: "strong", c: ["all"] }]]],
    [{ showSpinner: false }, false, []],
    [{}, true, []],
  ] as const)("%o, nested: %s", async (options, nested, expected) => {
    try {
      const { opening, resolve } = await waiting(options, nested);
      await vi.advanceTimersByTimeAsync(140);
      await vi.advanceTimersByTimeAsync(60);
      resolve();
      await vi.advanceTimersByTimeAsync(50);
      await using page = await opening;
      const shown = page.messages.flatMap((sent) => JSON.stringify(sent).match(/"spinner",\{.*?\}/g) ?? []);
      expect(shown.length > 0).toBe(expected.length > 0);
      expect(page.has("spinner")).toBe(false);
      expect(texts(page)).toEqual(["got 1"]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("what takes a moment shows none", async () => {
    const load = st.cacheData(async () => 1);
    await using page = await openPage(async () => st.text(`got ${await load()}`));
    expect(JSON.stringify(page.messages)).not.toContain("spinner");
  });
});
