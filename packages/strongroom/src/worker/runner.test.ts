import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { openPage, type Page } from "../testing/testing.ts";

const texts = (page: Page): unknown[] => page.findAll("text").map(({ props }) => props["text"]);

/** A promise, and the way to keep it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe("a run", () => {
  test("shows what the script shows, in order", async () => {
    await using page = await openPage(() => {
      st.text("one");
      st.text("two");
    });
    expect(texts(page)).toEqual(["one", "two"]);
  });

  test("sends one small patch for one changed element", async () => {
    let turn = 0;
    await using page = await openPage(() => {
      turn++;
      for (let index = 0; index < 30; index++) st.text(index === 3 ? `turn ${turn}` : `${index}`);
      st.button("Go");
    });
    await page.press("Go");
    expect(page.messages).toHaveLength(2);
    const ops = [["=", expect.any(String), { text: "turn 2" }, []]];
    expect(page.messages[1]).toEqual({ t: "patch", tree: 2, ops, done: 1 });
  });

  test("after a refresh shows what stood at once, then runs with the same answers and without the click", async () => {
    let turn = 0;
    const clicks: number[] = [];
    const calls: number[] = [];
    await using page = await openPage(() => {
      turn++;
      st.text(`turn ${turn} ${st.checkbox("More")}`);
      if (st.button("Go", { onClick: () => void calls.push(turn) })) clicks.push(turn);
      if (turn === 3) throw new Error("Not yet.");
    });
    await page.answer("More", true);
    await page.press("Go");
    expect([clicks, calls]).toEqual([[3], [2]]);
    const before = page.messages.length;
    page.refresh();
    await page.settled();
    expect(texts(page)).toEqual(["turn 4 true"]);
    expect(page.messages.slice(before)).toMatchObject([
      { t: "tree", done: 2 },
      { t: "patch", done: 2 },
    ]);
    expect([clicks, calls]).toEqual([[3], [2]]);
  });

  test("that goes on is not begun again by a refresh", async () => {
    const wait = gate();
    let turn = 0;
    await using page = await openPage(async () => {
      turn++;
      st.button("Go");
      if (turn > 1) await wait.opened;
      st.text(`turn ${turn}`);
    });
    const pressed = page.press("Go");
    page.refresh();
    wait.open();
    await pressed;
    await page.settled();
    expect(texts(page)).toEqual(["turn 2"]);
  });

  test("says that it has ended even when nothing changed", async () => {
    await using page = await openPage(() => void st.button("Go"));
    await page.press("Go");
    expect(page.messages.at(-1)).toEqual({ t: "patch", tree: 1, ops: [], done: 1 });
  });

  test("an element that comes between others leaves those alone", async () => {
    await using page = await openPage(() => {
      st.text("first");
      if (st.checkbox("More")) st.markdown("more");
      st.text("last");
    });
    const before = page.findAll("text").map(({ id }) => id);
    await page.answer("More", true);
    expect(page.tree().map(({ kind }) => kind)).toEqual(["text", "checkbox", "markdown", "text"]);
    expect(page.findAll("text").map(({ id }) => id)).toEqual(before);
    await page.answer("More", false);
    expect(page.tree().map(({ kind }) => kind)).toEqual(["text", "checkbox", "text"]);
  });

  test("sends what it has shown while it waits, over what stood before", async () => {
    const wait = gate();
    let turn = 0;
    await using page = await openPage(async () => {
      turn++;
      st.text(`head ${turn}`);
      st.button("Go");
      if (turn > 1) await wait.opened;
      st.text(`foot ${turn}`);
    });
    page.send({ trigger: { id: page.find("button").id } });
    await expect.poll(() => texts(page)).toEqual(["head 2", "foot 1"]);
    expect(page.messages.at(-1)).toMatchObject({ taken: 1, fresh: { main: 2 } });
    wait.open();
    await page.settled();
    expect(texts(page)).toEqual(["head 2", "foot 2"]);
  });

  test("ends where the script stops: what stands stays, what would follow is not shown", async () => {
    await using page = await openPage(() => {
      if (st.checkbox("Stop", { value: true })) st.stop();
      st.text("below");
    });
    expect(page.has("text")).toBe(false);
    await page.answer("Stop", false);
    expect(page.has("text", "below")).toBe(true);
    await page.answer("Stop", true);
    expect(page.tree()).toHaveLength(1);
  });

  test("an end that the author catches is an end all the same", async () => {
    await using page = await openPage(() => {
      st.text("above");
      try {
        st.stop();
      } catch {
        // As a careless script does.
      }
      st.text("below");
    });
    expect(texts(page)).toEqual(["above"]);
    expect(page.errors).toEqual([]);
  });

  test("shows an error below what stood, and says it to the log", async () => {
    await using page = await openPage(() => {
      st.text("above");
      throw new RangeError("no such region");
    });
    expect(page.tree().map(({ kind }) => kind)).toEqual(["text", "exception"]);
    expect(page.find("exception").props).toMatchObject({ name: "RangeError", message: "no such region" });
    expect(page.errors).toHaveLength(1);
  });

  test("shows viewers an incident and nothing of the error", async () => {
    const script = (): void => {
      throw new Error("password=hunter2");
    };
    await using page = await openPage(script, { showErrorDetails: "none" });
    expect(JSON.stringify(page.messages)).not.toContain("hunter2");
    expect(page.find("exception").props["incident"]).toMatch(/^[0-9a-f]{10}$/);
  });

  test("a loop of reruns ends with what to do", async () => {
    await using page = await openPage(() => st.rerun());
    const { message, frames } = page.find("exception").props;
    expect(message).toContain("50 times in a row");
    expect(JSON.stringify(frames)).toContain("runner.test.ts");
  });

  test("calls outside of a run say where to call", () => {
    expect(() => st.text("x")).toThrow(/outside of a run/);
  });

  test("a call after the end of its run says so", async () => {
    const wait = gate();
    let late: Promise<unknown> = Promise.resolve();
    await using page = await openPage(() => {
      late = wait.opened.then(() => st.text("late"));
      late.catch(() => undefined);
    });
    wait.open();
    await expect(late).rejects.toMatchObject({ code: "ERR_RUN_ENDED" });
    expect(page.tree()).toEqual([]);
  });

  test("a container of an earlier run says so", async () => {
    let kept: ReturnType<typeof st.container> | undefined;
    await using page = await openPage(() => {
      kept ??= st.container();
      st.button("Go");
      kept.text("into it");
    });
    await page.press("Go");
    expect(page.find("exception").props["message"]).toContain("earlier run");
  });
});

describe("a newer event", () => {
  test("replaces a run at its next call", async () => {
    const wait = gate();
    const seen: string[] = [];
    await using page = await openPage(async () => {
      const name = st.textInput("Name");
      if (name === "slow") await wait.opened;
      seen.push(name);
      st.text(name);
    });
    page.send({ values: { [page.find("textInput").id]: "slow" } });
    await page.answer("Name", "fast");
    wait.open();
    await Promise.resolve();
    expect(texts(page)).toEqual(["fast"]);
    // Its own code goes on to its next call, and no further.
    await expect.poll(() => seen).toEqual(["", "fast", "slow"]);
    expect(texts(page)).toEqual(["fast"]);
    expect(page.errors).toEqual([]);
  });

  test("aborts the signal of the run that it replaces", async () => {
    const signals: AbortSignal[] = [];
    const never = gate();
    await using page = await openPage(async () => {
      signals.push(st.signal);
      if (st.textInput("Name") === "slow") await never.opened;
    });
    page.send({ values: { [page.find("textInput").id]: "slow" } });
    expect(signals[1]?.aborted).toBe(false);
    await page.answer("Name", "fast");
    expect(signals[1]?.aborted).toBe(true);
  });

  test("takes over a click that the replaced run had not come to", async () => {
    const waits = [gate(), gate(), gate()];
    let turn = 0;
    let clicks = 0;
    await using page = await openPage(async () => {
      const wait = waits[turn++];
      if (turn > 1) await wait?.opened;
      st.textInput("Name");
      if (st.button("Save")) clicks++;
    });
    page.send({ trigger: { id: page.find("button").id } });
    page.send({ values: { [page.find("textInput").id]: "Ada" } });
    for (const { open } of waits) open();
    await page.settled();
    expect(clicks).toBe(1);
    expect(page.find("textInput").value).toBe("Ada");
  });

  test("never repeats a click that the replaced run has come to", async () => {
    const wait = gate();
    let clicks = 0;
    await using page = await openPage(async () => {
      st.textInput("Name");
      if (st.button("Save")) {
        clicks++;
        await wait.opened;
      }
    });
    page.send({ trigger: { id: page.find("button").id } });
    await page.answer("Name", "Ada");
    expect(clicks).toBe(1);
    wait.open();
  });

  test("that is refused says first what the run that goes on has taken", async () => {
    const wait = gate();
    await using page = await openPage(async () => {
      if (st.textInput("Name") !== "") await wait.opened;
    });
    const { id } = page.find("textInput");
    page.send({ values: { [id]: "Ada" } });
    expect(page.send({ values: { [id]: 7 } })).toEqual({ taken: false, code: "invalid-value" });
    expect(page.messages.slice(1)).toMatchObject([
      { t: "patch", taken: 1, ops: [] },
      { t: "refused", n: 2 },
    ]);
    wait.open();
    await page.settled();
    expect(page.find("textInput").value).toBe("Ada");
    expect(page.committed).toBe(2);
  });

  test("a number that was taken before is not taken again", async () => {
    let clicks = 0;
    await using page = await openPage(() => void (st.button("Save") && clicks++));
    const { id } = page.find("button");
    await page.forge({ n: 1, trigger: { id } });
    await page.forge({ n: 1, trigger: { id } });
    expect(clicks).toBe(1);
  });
});

describe("a viewer who stops a run", () => {
  test("ends it at once, whatever it waits for, and keeps the rest of the page", async () => {
    const never = gate();
    let turn = 0;
    await using page = await openPage(async () => {
      st.button("Go");
      turn++;
      if (turn > 1) await never.opened;
      st.text("foot");
    });
    page.send({ trigger: { id: page.find("button").id } });
    page.stop();
    await page.settled();
    expect(texts(page)).toEqual(["foot"]);
    expect(page.committed).toBe(1);
  });
});

describe("rerun", () => {
  test("keeps answers and uses clicks up", async () => {
    const runs: [string, boolean][] = [];
    await using page = await openPage(() => {
      const name = st.textInput("Name");
      const isSaved = st.button("Save");
      runs.push([name, isSaved]);
      if (isSaved) st.rerun();
    });
    await page.answer("Name", "Ada");
    await page.press("Save");
    expect(runs).toEqual([
      ["", false],
      ["Ada", false],
      ["Ada", true],
      ["Ada", false],
    ]);
  });

  test("keeps the answers of widgets below the call", async () => {
    await using page = await openPage(() => {
      if (st.button("Again")) st.rerun();
      st.text(st.textInput("Below"));
    });
    await page.answer("Below", "kept");
    await page.press("Again");
    expect(texts(page)).toEqual(["kept"]);
  });
});

describe("callbacks", () => {
  test("run before the page, in its order, and see the new answers", async () => {
    const order: string[] = [];
    await using page = await openPage(() => {
      order.push("page");
      st.textInput("First", {
        key: "first",
        onChange: () => order.push(`first ${String(st.sessionState.first)}`),
      });
      st.textInput("Second", { onChange: () => order.push("second") });
      st.button("Go", { onClick: () => order.push("go") });
    });
    const [first, second] = page.findAll("textInput");
    order.length = 0;
    await page.forge({
      values: { [second?.id ?? ""]: "b", [first?.id ?? ""]: "a" },
      trigger: { id: page.find("button").id },
    });
    expect(order).toEqual(["first a", "second", "go", "page"]);
  });

  test("run only for answers that changed", async () => {
    let calls = 0;
    await using page = await openPage(
      () => void st.textInput("Name", { value: "Ada", onChange: () => calls++ }),
    );
    await page.answer("Name", "Ada");
    expect(calls).toBe(0);
    await page.answer("Name", "Grace");
    expect(calls).toBe(1);
  });

  test("may be async and set state", async () => {
    await using page = await openPage(() => {
      const save = async (): Promise<void> => {
        await Promise.resolve();
        st.sessionState.saved = true;
      };
      st.button("Save", { onClick: save });
      st.text(String(st.sessionState.saved));
    });
    await page.press("Save");
    expect(texts(page)).toEqual(["true"]);
  });

  test("an error in one leaves the page as it stood, under the error", async () => {
    await using page = await openPage(() => {
      st.text("page");
      const fail = (): void => {
        throw new Error("cannot save");
      };
      st.button("Save", { onClick: fail });
    });
    await page.press("Save");
    expect(page.tree().map(({ kind }) => kind)).toEqual(["exception", "text", "button"]);
    expect(page.find("exception").props["message"]).toBe("cannot save");
  });

  test("a rerun in one ends it alone; the page runs without the click", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(() => {
      const again = (): void => {
        seen.push("before");
        st.rerun();
      };
      st.textInput("Name", { onChange: () => seen.push("name") });
      seen.push(st.button("Go", { onClick: again }));
    });
    seen.length = 0;
    await page.forge({
      values: { [page.find("textInput").id]: "a" },
      trigger: { id: page.find("button").id },
    });
    expect(seen).toEqual(["name", "before", false]);
  });

  test("a switch of the page in one goes there without running this one", async () => {
    let runs = 0;
    const first = (): void => {
      runs++;
      st.button("Go", { onClick: () => st.switchPage("pages/02_orders.ts") });
    };
    await using page = await openPage(first, { pages: { orders: () => st.text("orders") } });
    await page.press("Go");
    expect(texts(page)).toEqual(["orders"]);
    expect(runs).toBe(1);
    expect(page.path).toBe("orders");
  });
});
