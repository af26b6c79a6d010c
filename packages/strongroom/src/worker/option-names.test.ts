import { expect, test } from "vitest";
import { st } from "../st.ts";
import { openPage } from "../testing/open-page.ts";
import { optionNames } from "./option-names.ts";

interface Options {
  readonly width?: number;
  readonly key?: string;
}

test("a name that is missing, and one that there is not, do not compile", () => {
  expect(optionNames<Options>()({ width: true, key: true })).toEqual({ width: true, key: true });
  // @ts-expect-error `key` is missing
  optionNames<Options>()({ width: true });
  const more = { width: true, key: true, bind: true } as const;
  // @ts-expect-error there is no `bind`
  optionNames<Options>()(more);
});

test.each<[string, () => unknown, string]>([
  ["setPageConfig", () => st.setPageConfig({ pagetitle: "A" } as object), "st.setPageConfig: … `pageTitle`"],
  [
    "its menu",
    () => st.setPageConfig({ menuItems: { abuot: "A" } as object }),
    "st.setPageConfig: … `about`",
  ],
  ["connection", () => st.connection("shop", { tll: "1m" } as object), "st.connection: … `ttl`"],
  [
    "a query",
    () => st.connection("shop").query("select 1", { params: {}, maxrows: 3 } as never),
    "db.query: … `maxRows`",
  ],
  [
    "a request",
    () => st.connection("api", { type: "http" }).get("/a", { headrs: {} } as never),
    "api.get: … `headers`",
  ],
  [
    "a call",
    () => st.connection("crm", { type: "custom" }).call("a", {}, { tl: 1 } as never),
    "st.connection: … `ttl`",
  ],
])("%s says which option was meant", async (_, call, words) => {
  let thrown: unknown;
  await using page = await openPage(async () => {
    try {
      await call();
    } catch (error) {
      thrown = error;
    }
  });
  expect(page.errors).toEqual([]);
  const [place = "", meant = ""] = words.split("…");
  expect(String(thrown)).toContain(place);
  expect(String(thrown)).toContain(`did you mean ${meant.trim()}?`);
});
