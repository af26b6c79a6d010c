import { expect, test } from "vitest";
import { maskOf } from "./mask.ts";

const secret = 'p"ss wörd/1';
const mask = maskOf({ a: [{ b: secret }], short: "abc", number: 12345678 });

test.each([
  secret,
  JSON.stringify({ text: `x ${secret}` }),
  JSON.stringify(JSON.stringify({ text: secret })),
  `https://host/?q=${encodeURIComponent(secret)}`,
  Buffer.from(secret).toString("base64"),
  "12345678",
])("hides it in %j", (text) => {
  const masked = mask(text);
  expect(masked).toContain("•••");
  for (const trace of ["ss w", Buffer.from(secret).toString("base64").slice(0, 8), "345"])
    expect(masked).not.toContain(trace);
});

test("leaves all else as it is", () => {
  expect(mask("abc, and nothing more")).toBe("abc, and nothing more");
  expect(maskOf({})("x")).toBe("x");
});

test("a secret that begins as another one does is hidden whole", () => {
  expect(maskOf({ a: "secret", b: "secret-two" })("secret-two secret")).toBe("••• •••");
});
