import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { openPage, type Page } from "../testing/testing.ts";

const head = (page: Page): unknown => page.element("page").props;

describe("the page's head", () => {
  test("holds what was set by one call and the next", async () => {
    await using page = await openPage(() => {
      st.setPageConfig({ pageTitle: "Orders", layout: "centered" });
      st.setPageConfig({ pageIcon: "📦", initialSidebarState: "collapsed" });
    });
    expect(head(page)).toMatchObject({
      title: "Orders",
      layout: "centered",
      icon: "📦",
      sidebar: "collapsed",
      page: "",
    });
  });

  test("changes with the script", async () => {
    await using page = await openPage(() =>
      st.setPageConfig(st.checkbox("Named") ? { pageTitle: "Named" } : {}),
    );
    await page.answer("Named", true);
    expect(page.messages.at(-1)).toMatchObject({ ops: [["=", "page", { title: "Named" }, []]] });
    await page.answer("Named", false);
    expect(page.messages.at(-1)).toMatchObject({ ops: [["=", "page", {}, ["title"]]] });
  });

  test.each([
    [{ pageTitle: "x".repeat(301) }, /`pageTitle` must be/],
    [{ pageIcon: "x".repeat(101) }, /`pageIcon` must be/],
    [{ layout: "full" as "wide" }, /`layout` must be/],
    [{ initialSidebarState: "open" as "auto" }, /`initialSidebarState` must be/],
  ])("refuses %o", async (config, expected) => {
    await using page = await openPage(() => st.setPageConfig(config));
    expect(page.find("exception").props["message"]).toMatch(expected);
  });
});

describe("the side of the page", () => {
  test("comes and goes with what stands in it", async () => {
    await using page = await openPage(() => {
      if (st.checkbox("Side", { value: true })) st.sidebar.text("aside");
    });
    expect(page.side()).toHaveLength(1);
    await page.answer("Side", false);
    expect(page.side()).toEqual([]);
    await page.answer("Side", true);
    expect(page.side()).toMatchObject([{ props: { text: "aside" } }]);
    await page.restore();
    expect(page.side()).toHaveLength(1);
  });
});

describe("secrets", () => {
  const open = (script: () => void): Promise<Page> =>
    openPage(script, { secrets: { API_KEY: "k", db: { user: "u", deep: { port: 5432 } }, list: [1] } });

  test("are read by name, at any depth, with and without a default", async () => {
    const seen: unknown[] = [];
    await using page = await open(() => {
      const { secrets } = st;
      seen.push(secrets.API_KEY, secrets.db?.user, secrets.db?.deep?.port, secrets.list);
      seen.push(
        secrets.get("API_KEY", "other"),
        secrets.get("NONE", "other"),
        secrets.get("toString", "other"),
      );
      seen.push("API_KEY" in secrets, "toString" in secrets, Object.keys(secrets));
    });
    expect(page.errors).toEqual([]);
    expect(seen).toEqual([
      "k",
      "u",
      5432,
      [1],
      "k",
      "other",
      "other",
      true,
      false,
      ["API_KEY", "db", "list"],
    ]);
  });

  test.each([
    ["at the top", () => st.secrets.API_KEE, /"API_KEE" was not found.*secrets\.toml/],
    ["in a section", () => st.secrets.db?.password, /"db\.password" was not found/],
    [
      "that every object inherits",
      () => st.secrets["hasOwnProperty" as "x"],
      /"hasOwnProperty" was not found/,
    ],
  ])("that are missing %s say how to add them", async (_, read, expected) => {
    await using page = await open(() => void read());
    expect(page.find("exception").props["message"]).toMatch(expected);
  });

  test("cannot be changed", async () => {
    await using page = await open(() => {
      (st.secrets as Record<string, unknown>)["API_KEY"] = "x";
    });
    expect(page.find("exception").props["name"]).toBe("TypeError");
  });
});
