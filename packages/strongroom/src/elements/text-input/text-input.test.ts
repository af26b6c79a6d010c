import { expect, expectTypeOf, test } from "vitest";
import { nodesOf } from "../../testing/nodes-of.ts";
import { textInputSpec } from "./text-input.schema.ts";
import { textInput } from "./text-input.server.ts";

type Type = "password" | "email" | "url" | "phone" | "search";
const fits = (type: Type | undefined, value: unknown): boolean =>
  textInputSpec.value({ label: "Text", ...(type === undefined ? {} : { type }) }).check(value, "") ===
  undefined;

test("takes one line", () => {
  for (const type of [undefined, "password", "search", "phone"] as const) {
    expect(fits(type, "a b  c")).toBe(true);
    expect(fits(type, "a\nb")).toBe(false);
    expect(fits(type, "a\rb")).toBe(false);
  }
});

test("takes no more characters than declared", () => {
  const schema = textInputSpec.value({ label: "Text", maxChars: 3 });
  expect(schema.check("abc", "")).toBeUndefined();
  expect(schema.check("abcd", "")).toBeDefined();
});

test("takes addresses alone where they are asked for, or nothing", () => {
  for (const value of ["", "ann@example.com", "a.b+c@x"]) expect(fits("email", value)).toBe(true);
  for (const value of ["ann", "ann@", "@x.org", "a@b@c", "a b@x.org", "ann@x..org"])
    expect(fits("email", value)).toBe(false);
  for (const value of ["", "https://example.com/a?b#c", "http://x"]) expect(fits("url", value)).toBe(true);
  for (const value of [["javascript", "alert(1)"].join(":"), "example.com", "https://", "https://a b"])
    expect(fits("url", value)).toBe(false);
});

test("refuses hostile addresses without trying them in every way", () => {
  // A pattern that is not linear would not come back from these.
  for (const tail of ["", "@", "@a.", `@${"a.".repeat(20_000)}`])
    expect(fits("email", `${"a".repeat(50_000)}${tail}`)).toBe(false);
  expect(fits("url", `https://${"a/".repeat(45_000)} `)).toBe(false);
});

test("is typed by its first value", () => {
  const text = () => textInput("Name", { value: "Ann", live: "500ms" });
  const none = () => textInput("Name", { value: null });
  expectTypeOf(text).returns.toEqualTypeOf<string>();
  expectTypeOf(none).returns.toEqualTypeOf<string | null>();
});

test("brings an icon by its type, which an empty one takes away", () => {
  const iconOf = (type: Type, icon?: string): unknown =>
    nodesOf(() => textInput("Text", { type, ...(icon === undefined ? {} : { icon }) }))[0]?.props["icon"];
  expect(iconOf("email")).toMatchObject([{ t: "icon", name: "mail" }]);
  expect(iconOf("email", ":material/send:")).toMatchObject([{ name: "send" }]);
  expect(iconOf("email", "spinner")).toMatchObject([{ name: "spinner" }]);
  expect([iconOf("email", ""), iconOf("password")]).toEqual([undefined, undefined]);
});

test("answers while the viewer types after a pause of at most a minute", () => {
  const pauseOf = (live: "1m" | "500ms" | "2m"): unknown =>
    nodesOf(() => textInput("Text", { live }))[0]?.props["liveMs"];
  expect([pauseOf("1m"), pauseOf("500ms")]).toEqual([60_000, 500]);
  expect(() => pauseOf("2m")).toThrow("live");
});
