import { expect, test } from "vitest";
import { openPage } from "../testing/open-page.ts";
import { st } from "../st.ts";

/** What the query string is after a script, and what the script answered. */
async function after(query: string, script: () => unknown): Promise<{ query: string; answer: unknown }> {
  let answer: unknown;
  await using page = await openPage(() => void (answer = script()), { query });
  if (page.errors.length > 0) throw page.errors[0];
  return { query: page.query, answer };
}

const { queryParams } = st;

test.each<[string, string, () => unknown, string]>([
  ["a name is set", "a=1", () => (queryParams["b"] = "2"), "a=1&b=2"],
  ["a name is set anew", "a=1&a=2&b=3", () => (queryParams["a"] = "9"), "b=3&a=9"],
  ["a list repeats it", "", () => Object.assign(queryParams, { a: ["x", 2] }), "a=x&a=2"],
  ["a number and a switch are text", "", () => queryParams.update({ page: 2, all: true }), "page=2&all=true"],
  ["undefined takes it away", "a=1&b=2", () => (queryParams["a"] = undefined), "b=2"],
  ["delete takes it away", "a=1&b=2", () => delete queryParams["a"], "b=2"],
  ["delete of what is not there", "a=1", () => delete queryParams["b"], "a=1"],
  ["update leaves the others", "a=1&b=2", () => queryParams.update({ b: "3", c: "4" }), "a=1&b=3&c=4"],
  ["update takes a map", "a=1", () => queryParams.update(new Map([["b", "2"]])), "a=1&b=2"],
  ["fromDict takes the others away", "a=1", () => queryParams.fromDict({ b: "2" }), "b=2"],
  ["clear takes all away", "a=1&b=2", () => queryParams.clear(), ""],
  ["a method's name is set by set", "", () => queryParams.set("get", "1"), "get=1"],
])("%s", async (_, query, script, expected) => {
  expect((await after(query, script)).query).toBe(expected);
});

test.each<[string, string, () => unknown, unknown]>([
  ["a name that is there", "a=1&a=2", () => queryParams["a"], "2"],
  ["a name that is not", "", () => queryParams["toString"], undefined],
  ["in", "a=1", () => ["a" in queryParams, "b" in queryParams, "get" in queryParams], [true, false, false]],
  [
    "iteration",
    "a=1&b=2&a=3",
    () => [...queryParams],
    [
      ["a", "3"],
      ["b", "2"],
    ],
  ],
  ["its names", "a=1&b=2&a=3", () => Object.keys(queryParams), ["a", "b"]],
  ["a spread", "a=1&a=2", () => Object.assign({}, queryParams), { a: "2" }],
  ["JSON", "a=1", () => JSON.stringify(queryParams), '{"a":"1"}'],
  ["getAll", "a=1&a=2", () => queryParams.getAll("a"), ["1", "2"]],
  ["toDict", "a=1&a=2", () => queryParams.toDict(), { a: "2" }],
])("%s is read", async (_, query, script, expected) => {
  expect((await after(query, script)).answer).toEqual(expected);
});

test.each<[string, () => unknown, RegExp]>([
  ["an object as a value", () => Object.assign(queryParams, { a: { b: 1 } }), /`a` must be text, a number/],
  ["a method's name", () => Object.assign(queryParams, { get: "1" }), /st\.queryParams\.set\("get", …\)/],
  ["text as values", () => queryParams.update("a=1" as never), /an object such as/],
  ["the look in a frame", () => (queryParams["Embed"] = "true"), /`Embed` must be another name/],
  [
    "an option of it",
    () => queryParams.fromDict({ embed_options: "dark_theme" }),
    /how the app looks in a frame/,
  ],
  ["too much", () => (queryParams["a"] = "x".repeat(100_000)), /short enough/],
])("%s is refused with the fix", async (_, script, message) => {
  await expect(after("", script)).rejects.toThrow(message);
});

test("each viewer has their own", async () => {
  const script = (): void => st.text(String(queryParams["who"]));
  await using one = await openPage(script, { query: "who=a" });
  await using other = await openPage(script, { query: "who=b" });
  await one.goToQuery("who=c");
  expect([one.find("text").props["text"], other.find("text").props["text"]]).toEqual(["c", "b"]);
});
