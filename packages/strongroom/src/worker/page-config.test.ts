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

  test("adds menu items call by call, and takes them away by null", async () => {
    await using page = await openPage(() => {
      st.setPageConfig({ menuItems: { getHelp: "https://example.org/help", about: "**Orders**" } });
      st.setPageConfig({ menuItems: { getHelp: null, reportABug: "mailto:desk@example.org" } });
      st.setPageConfig({ pageIcon: "random", initialSidebarState: 320 });
    });
    expect(head(page)).toMatchObject({
      help: "",
      bug: "mailto:desk@example.org",
      about: [{ t: "p", c: [{ t: "strong", c: ["Orders"] }] }],
      sidebar: 320,
      icon: expect.any(String) as string,
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
    [{ initialSidebarState: 100 }, /`initialSidebarState` must be/],
    [{ menuItems: { getHelp: "ftp://example.org" } }, /`getHelp` must be/],
    [{ menuItems: { reportABug: "data:text/html,x" } }, /`reportABug` must be/],
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
