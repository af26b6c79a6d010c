import { expect, expectTypeOf, test } from "vitest";
import { st } from "../../st.ts";
import { openPage } from "../../testing/testing.ts";
import { optionIndex, optionKey, optionKeys } from "../options.schema.ts";
import { selectboxSpec } from "./selectbox.schema.ts";
import { selectbox } from "./selectbox.server.ts";

const fits = (props: Parameters<typeof selectboxSpec.value>[0], value: unknown): boolean =>
  selectboxSpec.value(props).check(value, "") === undefined;

test("takes options and nothing else", () => {
  const props = { label: "Region", options: ["EU", "US"] };
  expect(fits(props, "EU")).toBe(true);
  for (const value of ["eu", "EU ", "", "EU\u001f1", "EU\u001f2", "EU\u001f01", 0, null, ["EU"]])
    expect(fits(props, value)).toBe(false);
  expect(fits({ ...props, nullable: true }, null)).toBe(true);
});

test("takes one line of other text where new options are accepted", () => {
  const props = { label: "Region", options: ["EU"], open: true };
  expect(fits(props, "Mars")).toBe(true);
  for (const value of ["", "a\nb", "a\u001f2", "x".repeat(1_001), null])
    expect(fits(props, value)).toBe(false);
});

test("tells options of one text apart", () => {
  const texts = ["Smith", "Jones", "Smith", "Smith"];
  expect(texts.map((_, index) => optionKey(texts, index))).toEqual(optionKeys(texts));
  expect(optionKeys(texts).map((key) => optionIndex(texts, key))).toEqual([0, 1, 2, 3]);
});

test("goes where text is expected", () => {
  const choose = (): string => selectbox("Region", ["EU", "US"], { key: "region" });
  // @ts-expect-error -- it may be null
  const none = (): string => selectbox("Region", ["EU", "US"], { index: null });
  expectTypeOf(choose).toEqualTypeOf<() => string>();
  void none;
});

test("is typed by its options", () => {
  const region = () => selectbox("Region", ["EU", "US"]);
  const none = () => selectbox("Region", ["EU", "US"], { index: null });
  const added = () => selectbox("Region", ["EU", "US"], { acceptNewOptions: true });
  const year = () => selectbox("Year", [2024, 2025], { formatFunc: (value) => value.toFixed() });
  const rows = () =>
    selectbox("Row", [{ id: 1, name: "A" }] as { id: number; name: string }[], {
      formatFunc: ({ name }) => name,
    });
  const list = (names: readonly string[]) => selectbox("Name", new Set(names));
  expectTypeOf(region).returns.toEqualTypeOf<"EU" | "US">();
  expectTypeOf(none).returns.toEqualTypeOf<"EU" | "US" | null>();
  expectTypeOf(added).returns.toEqualTypeOf<string>();
  expectTypeOf(year).returns.toEqualTypeOf<2024 | 2025>();
  expectTypeOf(rows).returns.toEqualTypeOf<{ id: number; name: string }>();
  expectTypeOf(list).returns.toEqualTypeOf<string>();
});

test("answers the author's own values, and the same one when others come before it", async () => {
  let rows = [{ name: "A" }, { name: "B" }];
  const seen: unknown[] = [];
  await using page = await openPage(() => {
    seen.push(st.selectbox("Row", rows, { formatFunc: ({ name }) => name }) === rows.at(-1));
    st.button("Go");
  });
  await page.answer("Row", "B");
  rows = [{ name: "0" }, ...rows];
  await page.press("Go");
  expect(seen).toEqual([false, true, true]);
});

test("is set through the session's state by the author's own value", async () => {
  await using page = await openPage(() => {
    st.sessionState["year"] ??= 2025;
    st.text(
      `${st.selectbox("Year", [2024, 2025], { key: "year", formatFunc: (year) => `Year ${year}` }) + 1} ${String(st.sessionState["year"])}`,
    );
  });
  expect(page.find("text").props["text"]).toBe("2026 2025");
  expect(page.find("selectbox").value).toBe("Year 2025");
});

test("asks what to show where options are objects, and for options where there are none", async () => {
  await using objects = await openPage(() => st.selectbox("Row", [{ id: 1 }]));
  expect(String(objects.errors[0])).toContain("formatFunc");
  await using none = await openPage(() => st.selectbox("Row", []));
  expect(String(none.errors[0])).toContain("index");
  await using empty = await openPage(() => st.text(String(st.selectbox("Row", [], { index: null }))));
  expect(empty.find("text").props["text"]).toBe("null");
});
