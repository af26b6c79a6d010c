import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { hidden, Mask } from "./mask.ts";

const secret = 'p"ss wörd/1';
const token = "sk_live_9fQ2xLm7Zt4Ke8Wb1Rc6Vn3Y";
const mask = new Mask({ a: [{ b: secret }], short: "abc", number: 12345678, token, word: "production" });

/** Each of its bytes by itself. */
const everyByte = (text: string, write: (byte: number) => string): string =>
  [...Buffer.from(text)].map(write).join("");
const percent = (byte: number): string => `%${byte.toString(16).padStart(2, "0")}`;
const percentOfLatin = (text: string): string =>
  everyByte(text, percent).replaceAll("%c3%b6", "%F6").replaceAll("%20", " ");
const htmlOf = (text: string): string => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

test.each([
  ["as it is", secret],
  ["in JSON", JSON.stringify({ text: `x ${secret}` })],
  ["in JSON in JSON", JSON.stringify(JSON.stringify({ text: secret }))],
  ["in JSON in JSON in a URL", `?q=${encodeURIComponent(JSON.stringify(JSON.stringify(secret)))}`],
  ["in a URL", `https://host/?q=${encodeURIComponent(secret)}`],
  ["in a form", new URLSearchParams({ q: secret }).toString()],
  ["in a URL, every byte", everyByte(secret, percent)],
  ["in a URL, in small letters", encodeURIComponent(secret).toLowerCase()],
  ["in a URL, in part", secret.replace('"', "%22")],
  ["twice in a URL", encodeURIComponent(encodeURIComponent(secret))],
  ["in HTML", htmlOf(secret)],
  [
    "in HTML, every character",
    Array.from(secret)
      .map((char) => `&#${char.codePointAt(0)};`)
      .join(""),
  ],
  [
    "in HTML, in hex",
    Array.from(secret)
      .map((char) => `&#x${char.codePointAt(0)?.toString(16)};`)
      .join(""),
  ],
  ["as a program writes it", inspect({ secret: `${secret}'` })],
  ["in hex", Buffer.from(secret).toString("hex")],
  ["in large hex", Buffer.from(secret).toString("hex").toUpperCase()],
  ["as a number", "12345678"],
  ["as a console shows bytes", inspect(Buffer.from(secret))],
  ["as a list of bytes", JSON.stringify(Buffer.from(secret))],
  [
    "as a fingerprint",
    Buffer.from(secret)
      .toString("hex")
      .toUpperCase()
      .replaceAll(/..(?=.)/g, "$&:"),
  ],
  [
    "in unicode escapes",
    Array.from(secret)
      .map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  ],
  ["in large letters", secret.toUpperCase()],
  ["in small letters", secret.toLowerCase()],
  ["as `escape` writes it", percentOfLatin(secret)],
  ...(["utf16le", "latin1"] as const).flatMap((alphabet) =>
    (["base64", "hex"] as const).map((way) => [
      `in ${way} of ${alphabet}`,
      Buffer.from(secret, alphabet).toString(way),
    ]),
  ),
  ["in base64 of UTF-16, large end first", Buffer.from(secret, "utf16le").swap16().toString("base64")],
  ["in base64 of the URL form", Buffer.from(`q=${encodeURIComponent(secret)}`).toString("base64")],
  ["in base64 of base64", Buffer.from(Buffer.from(`x:${secret}`).toString("base64")).toString("base64")],
  ["as a list of a program", everyByte(secret, (byte) => `0x${byte.toString(16).padStart(2, "0")}, `)],
  ["in hex, by groups", Buffer.from(secret).toString("hex").replaceAll(/..../g, "$& ")],
  ["as bytes over lines", JSON.stringify([...Buffer.from(secret)], null, 2)],
])("hides a secret %s", (_, text) => {
  const masked = mask.text(`before ${text} after`);
  expect(masked).toMatch(/^before .*•••.* after$/s);
  for (const trace of ["ss w", "ss%20w", "345", Buffer.from("ss w").toString("hex")])
    expect(masked.toLowerCase()).not.toContain(trace);
});

test.each(["", "a", "ab", "abc", "abcd"])("hides base64 wherever it begins: after %j", (before) => {
  for (const way of ["base64", "base64url"] as const) {
    const text = Buffer.from(`${before}${secret}${before}`).toString(way);
    expect(Buffer.from(mask.text(text).replaceAll(hidden, ""), way).toString()).not.toContain("ss w");
    expect(mask.text(encodeURIComponent(text))).toContain(hidden);
  }
});

test("a piece of a key is hidden, too: split over two texts, nothing of use is left", () => {
  for (let at = 8; at < token.length - 8; at++) {
    const masked = mask.text(`one ${token.slice(0, at)}`) + mask.text(`two ${token.slice(at)}`);
    const left = masked.replaceAll(hidden, "").replaceAll(/one|two| /g, "");
    expect(left.replace("sk_live_", "").length).toBeLessThan(4);
  }
});

test("a key in base64 over many lines is hidden", () => {
  const lines = Buffer.from(`${"x".repeat(50)}${token}`)
    .toString("base64")
    .replaceAll(/.{20}/g, "$&\n");
  expect(Buffer.from(mask.text(lines), "base64").toString()).not.toMatch(/xLm7|Wb1R/);
});

test.each([64, 76])("a secret in base64 in lines of %i is hidden, wherever in it they break", (columns) => {
  for (let before = 0; before < columns; before++)
    for (const end of ["\n", "\r\n"]) {
      const all = Buffer.from(`${"x".repeat(before)}${secret} and more of it`).toString("base64");
      const lines = all.replaceAll(new RegExp(`.{${columns}}`, "g"), `$&${end}`);
      for (const text of [lines, JSON.stringify(lines)]) expect(mask.text(text)).toContain(hidden);
      expect(Buffer.from(mask.text(lines).replaceAll(hidden, ""), "base64").toString()).not.toContain("ss w");
    }
});

test.each([
  ["postgres://app:Tr0ub4dor%263@db.example.com/shop", "Tr0ub4dor&3"],
  ["Server=db;User=app;Password=Tr0ub4dor3x;", "Tr0ub4dor3x"],
  ["-----BEGIN KEY-----\nMC4CAQAwBQYDK2VwBCIEIHdk\n-----END KEY-----", "MC4CAQAwBQYDK2VwBCIEIHdk"],
])("what is secret in %j is hidden by itself", (whole, part) => {
  expect(new Mask({ whole }).text(`it is ${part}!`)).toBe("it is •••!");
});

test.each([
  "abc, and nothing more",
  "in production",
  "a key begins with sk_live_",
  "100 % of % and & and \\",
  "115,107,95,108,105,118", // six bytes of a key are six numbers
  "",
])("leaves %j as it is", (text) => {
  expect(mask.text(text)).toBe(text);
});

test("no secrets, nothing to hide", () => {
  expect(new Mask().text("x%41")).toBe("x%41");
  expect(new Mask().isEmpty).toBe(true);
});

test("a secret that begins as another one does, or overlaps it, is hidden whole", () => {
  expect(new Mask({ a: "secret1", b: "secret1-two" }).text("secret1-two secret1")).toBe("••• •••");
  expect(new Mask({ a: "abc-def", b: "def-ghi" }).text("xabc-def-ghix")).toBe("x•••x");
});

test("JSON stays JSON, whatever a secret looks like", () => {
  const odd = new Mask({ a: '","b":', b: 87654321, c: "true}]" });
  const text = JSON.stringify({ x: ['q","b":', 87654321], '","b":': "true}]", n: 5 });
  expect(JSON.parse(odd.json(text))).toEqual({ x: ["q•••", "•••"], "•••": "•••", n: 5 });
  expect(odd.json(`not JSON: 87654321`)).toBe("not JSON: •••");
});

test("a number is hidden where it is the whole secret, and no other becomes a wrong one", () => {
  const numbers = new Mask({ NUM: "20250101", port: 5_432 });
  const value = {
    sum: 1_202_501_019,
    more: 202_501_011,
    own: 20_250_101,
    list: [20_250_101, 5],
    port: 5_432,
  };
  expect(numbers.value(value)).toEqual({ ...value, own: "•••", list: ["•••", 5] });
  expect(numbers.text("1202501019, 20250101.")).toBe("1202501019, •••.");
});

test("bytes as numbers of JSON become others, as many", () => {
  const bytes = Buffer.from(`xx${token}`);
  const masked = JSON.parse(mask.json(JSON.stringify({ bytes }))) as { bytes: { data: number[] } };
  expect(masked.bytes.data).toEqual(Array.from(bytes, () => null));
});

test("what it has learnt stays hidden when secrets change", () => {
  const changing = new Mask({ a: "first-one" });
  changing.learn({ a: "second-one" });
  expect(changing.text("first-one second-one")).toBe("••• •••");
});

test("random keys among random bytes: each is found in each form, and nothing else is", () => {
  const keys = Array.from({ length: 100 }, () => randomBytes(24).toString("base64"));
  const many = new Mask({ keys });
  for (const key of keys) {
    const noise = randomBytes(300).toString("base64");
    const bytes = Buffer.from(key);
    expect(many.text(noise)).toBe(noise);
    for (const form of [key, bytes.toString("base64"), bytes.toString("hex"), encodeURIComponent(key)]) {
      // The last sign of base64 has no more than two bits of it.
      const left = many.text(`${noise} ${form} ${noise}`).replace(/•••[\w+/]?=* /, "••• ");
      expect(left).toBe(`${noise} ${hidden} ${noise}`);
    }
  }
});

test("a text of repetitions costs no more than its length", () => {
  const slow = new Mask({ a: "a".repeat(5_000), b: `${"ab1".repeat(1_000)}c`, token });
  const counts = [20_000, 200_000].map((length) => {
    const begun = process.cpuUsage().user;
    slow.text("sk_live_9fQ2xLm7".repeat(length / 16));
    return process.cpuUsage().user - begun;
  });
  // Ten times the text; a square would be a hundred times the work.
  expect(counts[1] ?? 0).toBeLessThan(Math.max(counts[0] ?? 0, 2_000) * 60);
});
