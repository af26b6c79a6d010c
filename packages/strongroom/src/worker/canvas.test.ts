import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { openPage, type Element, type Page } from "../testing/testing.ts";

/** A part of a page, as a value. */
type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "checkbox"; readonly label: string; readonly key: string | undefined }
  | { readonly kind: "container" | "empty" | "expander"; readonly parts: readonly Part[] };

const { parts } = fc.letrec<{ parts: readonly Part[]; part: Part }>((tie) => ({
  parts: fc.array(tie("part"), { maxLength: 6 }),
  part: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("text" as const), text: fc.constantFrom("a", "b", "c") }),
    fc.record({
      kind: fc.constant("checkbox" as const),
      label: fc.constantFrom("x", "y"),
      key: fc.constant(undefined),
    }),
    fc.record({
      kind: fc.constantFrom("container" as const, "empty" as const, "expander" as const),
      parts: tie("parts"),
    }),
  ),
}));

function draw(
  list: readonly Part[],
  place: Pick<typeof st, "text" | "checkbox" | "container" | "empty" | "expander"> = st,
): void {
  for (const part of list) {
    if (part.kind === "text") place.text(part.text);
    else if (part.kind === "checkbox") place.checkbox(part.label);
    else draw(part.parts, part.kind === "expander" ? place.expander("E") : place[part.kind]());
  }
}

/** What a part must look like on the page. */
function expected(list: readonly Part[], isEmpty = false): unknown[] {
  const shown = isEmpty ? list.slice(-1) : list;
  return shown.map((part) => {
    if (part.kind === "text") return part.text;
    if (part.kind === "checkbox") return [part.label];
    return { [part.kind]: expected(part.parts, part.kind === "empty") };
  });
}

function found(elements: readonly Element[]): unknown[] {
  return elements.map(({ kind, props, children }) => {
    if (kind === "text") return props["text"];
    if (kind === "checkbox") return [props["label"]];
    return { [kind]: found(children) };
  });
}

function allIds(elements: readonly Element[]): string[] {
  return elements.flatMap(({ id, children }) => [id, ...allIds(children)]);
}

describe("what runs show", () => {
  test("is what the browser has, whatever came before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { minLength: 1, maxLength: 5 }), async (pages) => {
        let turn = 0;
        await using page = await openPage(() => draw(pages[turn % pages.length] ?? []));
        for (turn = 0; turn < pages.length * 2; turn++) {
          await page.goToQuery(`turn=${turn}`);
          expect(page.errors).toEqual([]);
          expect(found(page.tree())).toEqual(expected(pages[turn % pages.length] ?? []));
          const ids = allIds(page.tree());
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("while a run goes on is its part and what stood before, and no element twice", async () => {
    await fc.assert(
      fc.asyncProperty(parts, parts, parts, async (before, first, second) => {
        const { promise, resolve } = Promise.withResolvers<void>();
        let isLater = false;
        await using page = await openPage(async () => {
          if (!isLater) return draw(before);
          draw(first);
          await promise;
          draw(second);
        });
        isLater = true;
        page.send({ query: "next=1" });
        // A refusal says first what the run has shown so far.
        page.send({ values: { nowhere: 1 } });
        const ids = allIds(page.tree());
        expect(new Set(ids).size).toBe(ids.length);
        expect(found(page.tree()).slice(0, first.length).length).toBe(first.length);
        resolve();
        await page.settled();
        expect(found(page.tree())).toEqual(expected([...first, ...second]));
      }),
      { numRuns: 150 },
    );
  });

  test("that is shown again sends nothing", async () => {
    await fc.assert(
      fc.asyncProperty(parts, async (list) => {
        await using page = await openPage(() => draw(list));
        await page.goToQuery("again=1");
        expect(page.messages.at(-1)).toMatchObject({ t: "patch", ops: [] });
      }),
      { numRuns: 100 },
    );
  });
});

describe("an element", () => {
  const ids = (page: Page, kind: string): string[] => page.findAll(kind).map(({ id }) => id);

  test("that is updated in an empty place stays the same element", async () => {
    await using page = await openPage(async () => {
      const place = st.empty();
      for (let index = 0; index < 5; index++) place.text(`step ${index}`);
      await Promise.resolve();
      place.text("done");
    });
    expect(ids(page, "text")).toEqual(["main/empty/text"]);
    expect(page.find("text").props["text"]).toBe("done");
  });

  test("is changed by its handle in its place, also after a wait and out of order", async () => {
    await using page = await openPage(async () => {
      const bar = st.progress(0);
      const later = st.container();
      st.text("last");
      await Promise.resolve();
      bar.progress(0.5);
      later.text("in between");
    });
    expect(page.tree().map(({ kind }) => kind)).toEqual(["progress", "container", "text"]);
    expect(page.find("progress").props["value"]).toBe(0.5);
    expect(page.find("container").children).toMatchObject([{ props: { text: "in between" } }]);
  });

  test("goes where its method says, also from inside of another's callback", async () => {
    await using page = await openPage(() => {
      const [left, right] = st.columns(2);
      left?.expander("Box", (box) => {
        st.text("by scope");
        box.text("by method");
        right?.text("elsewhere");
      });
      st.text("outside");
      st.sidebar.text("aside");
    });
    const [left, right] = page.find("columns").children;
    expect(left?.children[0]?.children.map(({ props }) => props["text"])).toEqual(["by scope", "by method"]);
    expect(right?.children.map(({ props }) => props["text"])).toEqual(["elsewhere"]);
    expect(page.tree().at(-1)?.props["text"]).toBe("outside");
    expect(page.side()).toMatchObject([{ props: { text: "aside" } }]);
  });

  test("with the same props but another callback calls the new one", async () => {
    let turn = 0;
    const heard: number[] = [];
    await using page = await openPage(() => {
      const now = ++turn;
      st.button("Go", { onClick: () => heard.push(now) });
    });
    await page.press("Go");
    await page.press("Go");
    expect(heard).toEqual([1, 2]);
  });

  test("may stand deeper than its id is long", async () => {
    await using page = await openPage(() => {
      let place = st.container();
      for (let depth = 0; depth < 60; depth++) place = place.container();
      place.text("deep");
    });
    expect(page.errors).toEqual([]);
    expect(page.find("text").props["text"]).toBe("deep");
    expect(page.find("text").id.length).toBeLessThan(300);
  });
});
