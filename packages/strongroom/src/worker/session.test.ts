import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { openPage, type Page } from "../testing/testing.ts";
import { decode, encode } from "./codec.ts";
import type { Services } from "./services.ts";
import { WorkerSession } from "./session.ts";

const texts = (page: Page): unknown[] => page.findAll("text").map(({ props }) => props["text"]);

describe("an event", () => {
  const script = (seen: unknown[]) => (): void => {
    seen.push([
      st.slider("Level", { minValue: 0, maxValue: 10 }),
      st.checkbox("Off", { disabled: true }),
      st.button("Go"),
      st.button("Shut", { disabled: true }),
    ]);
    st.text("plain");
  };

  test.each([
    ["a value that does not fit", { values: { "slider:Level": 11 } }, "invalid-value"],
    ["a value of another type", { values: { "slider:Level": "5" } }, "invalid-value"],
    ["an answer to a disabled widget", { values: { "checkbox:Off": true } }, "disabled"],
    ["an answer to an element that is none", { values: { "main/text": true } }, "unknown-widget"],
    ["an answer to what never stood there", { values: { "slider:Other": 1 } }, "unknown-widget"],
    ["a click as a value", { values: { "button:Go": true } }, "invalid-value"],
    ["a value as a click", { trigger: { id: "slider:Level" } }, "not-a-trigger"],
    ["a click with another answer", { trigger: { id: "button:Go", value: 2 } }, "invalid-value"],
    ["a click on a disabled button", { trigger: { id: "button:Shut" } }, "disabled"],
    ["a click on nothing", { trigger: { id: "button:Gone" } }, "unknown-widget"],
    ["a page that is none", { page: "admin" }, "unknown-page"],
    ["a tree that was never sent", { tree: 99 }, "future-tree"],
    ["a prototype as a widget", JSON.parse('{"values":{"__proto__":1}}') as object, "malformed"],
    ["a field that is unknown", { admin: true }, "malformed"],
    ["a page with a path", { page: "../secret" }, "malformed"],
    ["a number below zero", { n: -1 }, "malformed"],
    ["a good value beside a bad one", { values: { "slider:Level": 3, "checkbox:Off": true } }, "disabled"],
  ])("with %s is refused whole", async (_, event, code) => {
    const seen: unknown[] = [];
    await using page = await openPage(script(seen));
    expect(await page.forge(event as Record<string, unknown>)).toEqual({ taken: false, code });
    expect(seen).toHaveLength(1);
    expect(page.find("slider").value).toBe(0);
  });

  test("that was refused is used up: its number is committed", async () => {
    await using page = await openPage(script([]));
    await page.forge({ values: { "slider:Level": 11 } });
    expect(page.committed).toBe(1);
  });

  test("answers the widget as it was shown last, not as it was", async () => {
    await using page = await openPage(() => {
      const most = st.checkbox("Less") ? 5 : 10;
      st.slider("Level", { minValue: 0, maxValue: most });
    });
    await page.answer("Less", true);
    expect(await page.forge({ tree: 1, values: { "slider:Level": 8 } })).toEqual({
      taken: false,
      code: "invalid-value",
    });
  });
});

describe("a form", () => {
  const script = (clearOnSubmit: boolean) => (): void => {
    const sent = st.form(
      "report",
      (form) => {
        const [left] = form.columns(2);
        return {
          flight: left?.textInput("Flight", { value: "?" }),
          late: form.checkbox("Late"),
          isSent: form.formSubmitButton("Send"),
        };
      },
      { clearOnSubmit },
    );
    st.text(JSON.stringify(sent));
  };

  test("brings its answers together with its click", async () => {
    await using page = await openPage(script(false));
    await page.answer("Flight", "DL 1");
    await page.answer("Late", true);
    expect(texts(page)).toEqual(['{"flight":"?","late":false,"isSent":false}']);
    await page.press("Send");
    expect(texts(page)).toEqual(['{"flight":"DL 1","late":true,"isSent":true}']);
    await page.restore();
    expect(texts(page)).toEqual(['{"flight":"DL 1","late":true,"isSent":false}']);
  });

  test("that clears itself shows its run what was sent, then goes back", async () => {
    await using page = await openPage(script(true));
    await page.answer("Flight", "DL 1");
    await page.press("Send");
    expect(texts(page)).toEqual(['{"flight":"DL 1","late":false,"isSent":true}']);
    expect(page.find("textInput").value).toBe("?");
    expect(page.messages.at(-1)).toMatchObject({
      ops: expect.arrayContaining([["v", "textInput:Flight", "?"]]),
    });
    await page.restore();
    expect(page.find("textInput").value).toBe("?");
  });

  test("calls its submit button's callback with all its answers set", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(() => {
      const form = st.form("f");
      form.textInput("Name", { key: "name" });
      form.formSubmitButton("Send", { onClick: () => seen.push(st.sessionState.name) });
    });
    await page.answer("Name", "Ada");
    await page.press("Send");
    expect(seen).toEqual(["Ada"]);
  });

  test("takes no other callbacks, no plain buttons and no second form", async () => {
    for (const inside of [
      () => st.checkbox("x", { onChange: () => 1 }),
      () => st.button("x"),
      () => st.form("g"),
    ]) {
      await using page = await openPage(() => st.form("f", () => void inside()));
      expect(page.find("exception").props["name"]).toBe("StrongroomError");
    }
  });
});

describe("a restore", () => {
  test("has the same page: answers, state, query and page", async () => {
    const first = (): void => st.text("first");
    const orders = (): void => {
      st.queryParams.set("tab", "open");
      st.text([st.textInput("Name"), st.sessionState.count, st.queryParams.get("tab")].join());
      st.sessionState.count = 3;
    };
    await using page = await openPage(first, { pages: { orders } });
    await page.goTo("orders");
    await page.answer("Name", "Ada");
    const before = texts(page);
    await page.restore();
    expect(texts(page)).toEqual(before);
    expect([page.path, page.query]).toEqual(["orders", "tab=open"]);
  });

  test("numbers its trees on from what the browser may have seen", async () => {
    await using page = await openPage(() => void st.button("Go"));
    await page.restore();
    expect(page.messages).toMatchObject([{ t: "tree", tree: 2 }]);
  });

  test("holds events until the page has come to their widgets", async () => {
    let isSlow = false;
    const clicks: string[] = [];
    await using page = await openPage(async () => {
      if (isSlow) await new Promise((resolve) => setImmediate(resolve));
      const name = st.textInput("Name");
      if (st.button("Save")) clicks.push(name);
      if (isSlow) await new Promise((resolve) => setImmediate(resolve));
      st.text(name);
    });
    isSlow = true;
    const restored = page.restore();
    expect(page.send({ values: { "textInput:Name": "Ada" } })).toEqual({ taken: true });
    expect(page.send({ trigger: { id: "button:Save" } })).toEqual({ taken: true });
    await restored;
    await page.settled();
    expect(clicks).toEqual(["Ada"]);
    expect(texts(page)).toEqual(["Ada"]);
  });

  test("holds an answer to a widget that only the answer before it shows", async () => {
    let isSlow = false;
    await using page = await openPage(async () => {
      if (isSlow) await new Promise((resolve) => setImmediate(resolve));
      if (st.checkbox("More")) st.text(st.textInput("Name"));
    });
    const tree = 5;
    isSlow = true;
    const restored = page.restore({ tree });
    expect(page.send({ tree, values: { "checkbox:More": true } })).toEqual({ taken: true });
    expect(page.send({ tree, values: { "textInput:Name": "Ada" } })).toEqual({ taken: true });
    await restored;
    await page.settled();
    expect(texts(page)).toEqual(["Ada"]);
  });

  test("does not hold what the page here never showed", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await using page = await openPage(async () => {
      if (st.checkbox("Wait")) await promise;
    });
    page.send({ values: { "checkbox:Wait": true } });
    expect(page.send({ values: { "textInput:Gone": "x" } })).toEqual({
      taken: false,
      code: "unknown-widget",
    });
    resolve();
  });

  test.each([
    ["cut short", (core: Buffer) => core.subarray(0, -3)],
    ["with more behind it", (core: Buffer) => Buffer.concat([core, Buffer.of(1)])],
    ["of another version", () => encode({ v: 2 })],
    ["that is no object", () => encode([])],
    [
      "with an answer that is no data",
      (core: Buffer) => Buffer.from(core.toString("latin1").replace("widgets", "wizards"), "latin1"),
    ],
  ])("from a dump %s is an error, not a session", async (_, bend) => {
    await using page = await openPage(() => void st.checkbox("Box"));
    const services = { options: { enforceSerializableSessionState: true } } as Services;
    const session = new WorkerSession(1, services);
    expect(() =>
      session.restore(bend(page.dump().core), Buffer.alloc(0), { treeNumber: 0, query: "" }),
    ).toThrow(RangeError);
  });
});

describe("a session that was kept under other secrets", () => {
  const options = { enforceSerializableSessionState: true };
  const sessionOf = (secretStamps: readonly string[]): WorkerSession =>
    new WorkerSession(1, { options, secretStamps } as unknown as Services);
  let state: Uint8Array = Buffer.alloc(0);
  const restored = (dump: WorkerSession, stamps: readonly string[]): WorkerSession => {
    const session = sessionOf(stamps);
    session.restore(dump.dumpCore(), (state = dump.state.dump(1_000_000)?.bytes ?? state), {
      treeNumber: 1,
      query: "a=b",
    });
    return session;
  };
  const kept = sessionOf(["first"]);
  kept.query = "token=first";
  kept.widgets.set("textInput:Name", "Ann");
  kept.state.set("token", "first");
  kept.keyed.set("choice", {
    id: "selectbox#choice",
    fromWire: () => "first",
    isTrigger: false,
  });

  test("has what the viewer answered, and nothing that the script made of them", () => {
    const session = restored(kept, ["second"]);
    expect([...session.widgets]).toEqual([["textInput:Name", "Ann"]]);
    expect(session.query).toBe("a=b");
    expect(session.state.get("token")).toBeUndefined();
    expect(session.keyed.get("choice")?.fromWire).toBeUndefined();
    // What was kept gives way to it, else the next restore would take it up.
    expect(decode(session.state.dump(1_000_000)?.bytes ?? Buffer.alloc(0))).toEqual([]);
  });

  test("has all of it while the server still knows them, and not once one is unknown", () => {
    const both = restored(kept, ["second", "first"]);
    expect([both.query, both.state.get("token")]).toEqual(["token=first", "first"]);
    expect(restored(both, ["first", "second"]).state.get("token")).toBe("first");
    for (const stamps of [["first"], ["second"], []])
      expect(restored(both, stamps).state.get("token")).toBeUndefined();
  });
});

describe("pages", () => {
  const first = (): void => {
    st.text(st.textInput("Name", { key: "name" }));
    if (st.button("Go")) st.switchPage("orders", { queryParams: { id: "7" } });
  };
  const orders = (): void =>
    st.text(`order ${st.queryParams.get("id") ?? "?"} ${String(st.sessionState.name)}`);

  test("are gone to by the viewer and by the script; answers stay with their page", async () => {
    await using page = await openPage(first, { pages: { orders } });
    await page.answer("Name", "Ada");
    await page.press("Go");
    expect(texts(page)).toEqual(["order 7 undefined"]);
    expect([page.path, page.query]).toEqual(["orders", "id=7"]);
    await page.goTo("");
    expect(texts(page)).toEqual([""]);
    expect(page.query).toBe("");
  });

  test("that are none are named with those that are", async () => {
    await using page = await openPage(() => st.switchPage("oders"), { pages: { orders } });
    expect(page.find("exception").props["message"]).toMatch(/one of app, orders/);
  });

  test("do not mix while the next one waits", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = async (): Promise<void> => {
      st.text("slow");
      await promise;
    };
    await using page = await openPage(() => st.markdown("first"), { pages: { slow } });
    page.send({ page: "slow" });
    await expect.poll(() => page.has("text", "slow")).toBe(true);
    expect(page.has("markdown")).toBe(false);
    resolve();
  });
});

describe("query parameters", () => {
  test("are read, set, repeated and cleared", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(
      () => {
        const { queryParams } = st;
        seen.push(queryParams.get("a"), queryParams.getAll("a"), queryParams.has("b"), queryParams.toDict());
        queryParams.set("b", ["x", "y"]);
        queryParams.delete("a");
      },
      { query: "a=1&a=2" },
    );
    expect(seen).toEqual(["2", ["1", "2"], false, { a: "2" }]);
    expect(page.query).toBe("b=x&b=y");
    await page.goToQuery("a=9");
    expect(seen.slice(4)).toEqual(["9", ["9"], false, { a: "9" }]);
  });
});

describe("too much", () => {
  test("50 MB of text is one clear message, and the page goes on", async () => {
    await using page = await openPage(() => {
      if (st.checkbox("Large")) st.text("x".repeat(50_000_000));
    });
    await page.answer("Large", true);
    expect(page.find("exception").props["message"]).toMatch(/at most 1,000,000 characters/);
    await page.answer("Large", false);
    expect(page.has("exception")).toBe(false);
  });

  test("more on one page than a browser takes is one clear message", async () => {
    await using page = await openPage(() => {
      st.checkbox("Box");
      for (let index = 0; index < 20; index++) st.text("x".repeat(1_000_000));
    });
    expect(page.tree().map(({ kind }) => kind)).toEqual(["exception"]);
    expect(page.find("exception").props["message"]).toMatch(/more than 16 million characters/);
  });

  test("more elements than a page holds is one clear message", async () => {
    await using page = await openPage(() => {
      for (;;) st.text("again");
    });
    expect(page.findAll("exception").at(-1)?.props["message"]).toMatch(/at most 20,000 elements/);
  });
});
