import { expect, expectTypeOf, test } from "vitest";
import { st } from "../../st.ts";
import { openPage } from "../../testing/testing.ts";
import { nodesOf } from "../../testing/nodes-of.ts";
import { multiselectSpec } from "./multiselect.schema.ts";
import { multiselect } from "./multiselect.server.ts";

const fits = (
  props: Omit<Parameters<typeof multiselectSpec.value>[0], "label" | "filter">,
  value: unknown,
): boolean =>
  multiselectSpec.value({ label: "Airline", filter: "fuzzy", ...props }).check(value, "") === undefined;

test("takes different options, no more than may be chosen", () => {
  const options = ["Alaska", "Delta", "United"];
  for (const value of [[], ["Delta"], ["Delta", "Alaska"]])
    expect(fits({ options, maxSelections: 2 }, value)).toBe(true);
  for (const value of [
    ["Delta", "Delta"],
    ["Lufthansa"],
    options,
    "Delta",
    null,
    [null],
    [["Delta"]],
    { length: 1 },
  ]) {
    expect(fits({ options, maxSelections: 2 }, value)).toBe(false);
  }
});

test("decodes a long answer over many options", () => {
  const options = Array.from({ length: 15_000 }, (_, index) => `Option ${index}`);
  expect(fits({ options }, options)).toBe(true);
  expect(fits({ options }, [...options.slice(1), "Option x"])).toBe(false);
});

test("is typed by its options", () => {
  const chosen = () => multiselect("Airline", ["Alaska", "Delta"], { default: ["Delta"] });
  const added = () => multiselect("Airline", [1, 2], { acceptNewOptions: true });
  expectTypeOf(chosen).returns.toEqualTypeOf<("Alaska" | "Delta")[]>();
  expectTypeOf(added).returns.toEqualTypeOf<(1 | 2 | string)[]>();
});

test("keeps what is still offered when options change", async () => {
  let options = ["Alaska", "Delta", "United"];
  const seen: unknown[] = [];
  await using page = await openPage(() => {
    seen.push(st.multiselect("Airline", options, { default: [] }));
    st.button("Go");
  });
  await page.answer("Airline", ["United", "Alaska", "Delta"]);
  options = ["Delta", "Jet Blue", "United"];
  await page.press("Go");
  expect(seen).toEqual([[], ["United", "Alaska", "Delta"], ["United", "Delta"]]);
});

test("offers a row for all up to a number of options, and finding by typing only where it is wanted", () => {
  const props = (more: Parameters<typeof multiselect>[2]) =>
    nodesOf(() => multiselect("Airline", ["Alaska", "Delta", "United"], more))[0]?.props;
  expect(props({})).toMatchObject({ selectAll: true, filter: "fuzzy" });
  expect(props({ selectAll: 2 })).not.toHaveProperty("selectAll");
  expect(props({ selectAll: 3, maxSelections: 1 })).toHaveProperty("selectAll");
  expect(props({ maxSelections: 1 })).not.toHaveProperty("selectAll");
  expect(props({ filterMode: null })).not.toHaveProperty("filter");
  expect(() => props({ filterMode: null, acceptNewOptions: true })).toThrow("filterMode");
});
