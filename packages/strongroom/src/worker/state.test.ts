import { describe, expect, onTestFinished, test, vi } from "vitest";
import { st } from "../st.ts";
import { openPage, type Page } from "../testing/testing.ts";

const texts = (page: Page): unknown[] => page.findAll("text").map(({ props }) => props["text"]);
const message = (page: Page): unknown => page.find("exception").props["message"];

describe("session state", () => {
  test("keeps plain data from run to run and over a restore", async () => {
    await using page = await openPage(() => {
      const { sessionState } = st;
      sessionState.count = ((sessionState.count as number | undefined) ?? 0) + 1;
      sessionState.seen ??= new Map<string, Date>();
      (sessionState.seen as Map<string, Date>).set(`run ${String(sessionState.count)}`, new Date(0));
      st.text(`${String(sessionState.count)} ${[...(sessionState.seen as Map<string, Date>).keys()].join()}`);
      st.button("Go");
    });
    await page.press("Go");
    expect(texts(page)).toEqual(["2 run 1,run 2"]);
    await page.restore();
    expect(texts(page)).toEqual(["3 run 1,run 2,run 3"]);
  });

  test("lists, finds and deletes names", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(() => {
      const { sessionState } = st;
      sessionState.a = 1;
      sessionState["two words"] = undefined;
      st.checkbox("Box", { key: "box", value: true });
      seen.push(
        Object.keys(sessionState),
        "a" in sessionState,
        "two words" in sessionState,
        "c" in sessionState,
      );
      delete sessionState.a;
      seen.push({ ...sessionState });
    });
    expect(page.errors).toEqual([]);
    expect(seen).toEqual([
      ["a", "two words", "box"],
      true,
      true,
      false,
      { "two words": undefined, box: true },
    ]);
  });

  test.each([
    ["a function", () => () => 1, /state\.bad is a function\. .*cacheResource/i],
    ["an instance", () => new (class Client {})(), /state\.bad is an instance of Client\. /i],
    [
      "something deep inside",
      () => ({ list: [{ at: Symbol("x") }] }),
      /state\.bad\.list\[0\]\.at is a symbol/i,
    ],
    [
      "a circle",
      () => {
        const circle: Record<string, unknown> = { children: [] };
        (circle.children as unknown[]).push({ parent: circle }, { parent: circle });
        return circle;
      },
      /state\.bad\.children\[0\]\.parent is circular/i,
    ],
  ])("refuses %s at the author's line, with the way out", async (_, make, expected) => {
    await using page = await openPage(() => {
      st.text("above");
      st.sessionState.bad = make();
    });
    expect(page.tree().map(({ kind }) => kind)).toEqual(["text", "exception"]);
    expect(message(page)).toMatch(expected);
    expect(JSON.stringify(page.find("exception").props["frames"])).toContain("state.test.ts");
  });

  test("says so when what was plain has become circular since, and keeps what was committed", async () => {
    await using page = await openPage(() => {
      st.sessionState.kept ??= 1;
      st.sessionState.list ??= [];
      if (st.button("Bend")) (st.sessionState.list as unknown[]).push(st.sessionState.list);
    });
    const before = page.dump().state;
    await page.press("Bend");
    expect(message(page)).toMatch(/state\.list\[0\] is circular/i);
    expect(page.dump().state.equals(before)).toBe(true);
  });

  test("allows live things where the author has said so; they do not survive a restore", async () => {
    const script = (): void => {
      st.sessionState.live ??= () => 7;
      st.sessionState.plain ??= "kept";
      st.text(Object.keys(st.sessionState).join());
    };
    await using page = await openPage(script, { enforceSerializableSessionState: false });
    expect(page.errors).toEqual([]);
    await page.restore();
    expect(texts(page)).toEqual(["plain,live"]);
  });

  test("more than may be kept lives on, and the author is told once which key weighs what", async () => {
    const script = (): void => {
      st.sessionState.small = "small";
      st.sessionState.big ??= "x".repeat(20_000);
      st.button("Go", { onClick: () => (st.sessionState.big = `y${String(st.sessionState.big)}`) });
      st.text(String(String(st.sessionState.big).length));
    };
    const warned = vi.spyOn(console, "warn").mockReturnValue();
    onTestFinished(() => warned.mockRestore());
    await using page = await openPage(script, { maxStateBytes: 10_000 });
    await page.press("Go");
    expect(texts(page)).toEqual(["20001"]);
    const notices = page.messages.filter(({ t }) => t === "notice");
    expect(notices).toEqual([{ t: "notice", code: "state-too-large", detail: "big (21 kB), small (1 kB)" }]);
    expect(warned.mock.calls).toEqual([[expect.stringMatching(/^st\.sessionState .*big \(21 kB\)/)]]);
    expect(page.dump().state.length).toBeLessThan(100);
  });

  test("what one page's viewer keeps, another's does not see", async () => {
    const script = (): void => {
      st.text(String(st.sessionState.mine));
      st.sessionState.mine = "secret";
    };
    await using one = await openPage(script);
    await using other = await openPage(script);
    expect([texts(one), texts(other)]).toEqual([["undefined"], ["undefined"]]);
  });
});

describe("a widget with a key", () => {
  test("is in the state under it, in the author's form, above and below its place", async () => {
    const when = new Date("2026-02-03");
    const options = [
      { name: "EU", since: when },
      { name: "US", since: when },
    ];
    await using page = await openPage(() => {
      st.text(JSON.stringify(st.sessionState.region) ?? "none");
      st.selectbox("Region", options, { key: "region", formatFunc: ({ name }) => name });
      st.text(JSON.stringify(st.sessionState.region));
    });
    expect(texts(page)[0]).toBe("none");
    await page.answer("Region", "US");
    expect(texts(page)).toEqual([JSON.stringify(options[1]), JSON.stringify(options[1])]);
    await page.restore();
    expect(texts(page)).toEqual([JSON.stringify(options[1]), JSON.stringify(options[1])]);
  });

  test("takes what the script sets before it is shown", async () => {
    await using page = await openPage(() => {
      st.sessionState.level ??= 7;
      st.button("Top", { onClick: () => (st.sessionState.level = 10) });
      st.text(String(st.slider("Level", { minValue: 0, maxValue: 10, key: "level" })));
    });
    expect(texts(page)).toEqual(["7"]);
    await page.answer("Level", 3);
    expect(texts(page)).toEqual(["3"]);
    await page.press("Top");
    expect(texts(page)).toEqual(["10"]);
    expect(page.find("slider").value).toBe(10);
    await page.restore();
    expect(texts(page)).toEqual(["10"]);
  });

  test("cannot be set below its place", async () => {
    await using page = await openPage(() => {
      st.slider("Level", { key: "level" });
      st.sessionState.level = 3;
    });
    expect(message(page)).toMatch(/sessionState\.level belongs to a widget that this run has shown/);
  });

  test("names itself and what it expects when it is set to something else", async () => {
    await using page = await openPage(() => {
      if (st.checkbox("Wrong")) st.sessionState.level = 300;
      st.slider("Level", { minValue: 0, maxValue: 10, key: "level" });
    });
    await page.answer("Wrong", true);
    expect(message(page)).toMatch(/sessionState\.level .*cannot hold.*0 to 10/);
    await page.answer("Wrong", false);
    expect(page.has("exception")).toBe(false);
  });

  test("that is a button cannot be set", async () => {
    await using page = await openPage(() => {
      st.sessionState.go = true;
      st.button("Go", { key: "go" });
    });
    expect(message(page)).toMatch(/sessionState\.go .*clicked/);
  });

  test("keeps its answer when its other arguments change, as long as that fits", async () => {
    await using page = await openPage(() => {
      const most = st.numberInput("Most", { value: 100, key: "most" }) ?? 0;
      st.slider(`Up to ${most}`, { minValue: 0, maxValue: most, value: 1, key: "level" });
      st.text(String(st.sessionState.level));
    });
    await page.answer("Up to 100", 40);
    await page.answer("Most", 50);
    expect(texts(page)).toEqual(["40"]);
    await page.answer("Most", 30);
    expect(texts(page)).toEqual(["1"]);
  });

  test("goes back to its first answer when its name is deleted", async () => {
    await using page = await openPage(() => {
      st.button("Reset", { onClick: () => delete st.sessionState.name });
      st.text(st.textInput("Name", { value: "Ada", key: "name" }));
    });
    await page.answer("Name", "Grace");
    await page.press("Reset");
    expect(texts(page)).toEqual(["Ada"]);
  });

  test("refuses a second one with the same key", async () => {
    await using page = await openPage(() => {
      st.checkbox("A", { key: "same" });
      st.toggle("B", { key: "same" });
    });
    expect(message(page)).toMatch(/key "same" was used twice/);
  });

  test("cannot be changed through a list that it handed out", async () => {
    await using page = await openPage(() => {
      st.button("Go");
      const chosen = st.multiselect("Regions", ["EU", "US"], { default: ["EU"], key: "regions" }) as string[];
      chosen.push("US");
      (st.sessionState.regions as string[]).push("US");
      st.text(JSON.stringify(st.sessionState.regions));
    });
    await page.press("Go");
    expect(texts(page)).toEqual(['["EU"]']);
  });
});

describe("a widget without a key", () => {
  test("is forgotten when a whole run does not show it", async () => {
    await using page = await openPage(() => {
      if (!st.checkbox("Hide")) st.textInput("Name", { key: "name" });
      st.text(String(st.sessionState.name));
    });
    await page.answer("Name", "Ada");
    await page.answer("Hide", true);
    await page.answer("Hide", false);
    expect(texts(page)).toEqual([""]);
  });

  test("is remembered when the run that does not show it ends early", async () => {
    await using page = await openPage(() => {
      if (st.checkbox("Stop")) st.stop();
      st.text(st.textInput("Name"));
    });
    await page.answer("Name", "Ada");
    await page.answer("Stop", true);
    await page.restore();
    await page.answer("Stop", false);
    expect(texts(page)).toEqual(["Ada"]);
  });

  test("is told from its likes by its place among them", async () => {
    await using page = await openPage(() => {
      st.text([st.textInput("Name"), st.textInput("Name")].join());
    });
    const [, second] = page.findAll("textInput");
    await page.answer(second?.id ?? "", "Ada");
    expect(texts(page)).toEqual([",Ada"]);
  });
});
