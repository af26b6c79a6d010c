import { expect, test } from "vitest";
import { st } from "../../st.ts";
import { openPage } from "../../testing/testing.ts";

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test("offers text and bytes under a name and the type that fits it", async () => {
  await using page = await openPage(() => {
    st.downloadButton("A", "a,b", { fileName: "a.csv" });
    st.downloadButton("B", new Uint8Array([1, 2]));
  });
  expect(page.errors).toEqual([]);
  expect([...page.offered.values()].map(({ bytes, ...rest }) => [bytes.length, rest])).toEqual([
    [3, { mime: "text/csv; charset=utf-8", fileName: "a.csv" }],
    [2, { mime: "application/octet-stream", fileName: "download.bin" }],
  ]);
});

test("makes what a function or a stream gives at the click, and not before", async () => {
  let calls = 0;
  const clicks: boolean[] = [];
  async function* parts() {
    yield "one ";
    await Promise.resolve();
    yield "two";
  }
  await using page = await openPage(() => {
    clicks.push(
      st.downloadButton("Make", async () => {
        calls++;
        return Promise.resolve(parts());
      }),
    );
  });
  expect([calls, page.offered.size]).toEqual([0, 0]);
  await page.press("Make");
  expect(page.errors).toEqual([]);
  const { made } = page.find("downloadButton").props;
  expect([calls, clicks]).toEqual([1, [false, true]]);
  expect(textOf(page.offered.get(made as string)?.bytes ?? new Uint8Array())).toBe("one two");
  await page.goToQuery("again=1");
  expect(page.find("downloadButton").props["made"]).toBeUndefined();
});

test("a stream that fails before its first piece shows its error, and one that goes on too long is ended", async () => {
  let isEnded = false;
  function* endless() {
    try {
      for (;;) yield new Uint8Array(1_000_000);
    } finally {
      isEnded = true;
    }
  }
  // oxlint-disable-next-line require-yield -- it never comes to one
  async function* failing(): AsyncGenerator<string> {
    await Promise.resolve();
    throw new Error("no rows");
  }
  await using page = await openPage(() => {
    st.downloadButton("Fail", () => failing());
    st.downloadButton("Endless", () => endless());
  });
  await page.press("Fail");
  expect(page.errors).toMatchObject([{ message: "no rows" }]);
  await page.press("Endless");
  expect([page.errors.length, isEnded, page.offered.size]).toEqual([2, true, 0]);
});

test("offers nothing while it is disabled", async () => {
  await using page = await openPage(() => st.downloadButton("A", "a", { disabled: true }));
  expect(page.offered.size).toBe(0);
});
