import { describe, expect, test } from "vitest";
import { openPage } from "../testing/testing.ts";
import { st } from "../st.ts";

/** A promise and its way out. */
function gate(): { readonly opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe("a run", () => {
  test("shows what the script shows, in order", async () => {
    await using page = await openPage(() => {
      st.text("one");
      st.text("two");
    });
    expect(page.tree().map(({ props }) => props["text"])).toEqual(["one", "two"]);
  });

  test("sends one small patch for one changed element", async () => {
    let turn = 0;
    await using page = await openPage(() => {
      turn++;
      for (let index = 0; index < 30; index++) st.text(index === 3 ? `turn ${turn}` : `${index}`);
      st.button("Go");
    });
    await page.press("Go");
    const [message] = page.messages.slice(1);
    expect(page.messages).toHaveLength(2);
    expect(message).toEqual({
      t: "patch",
      tree: 2,
      ops: [["=", expect.any(String), { text: "turn 2" }, []]],
      done: 1,
    });
  });
});
