import { expect, test } from "vitest";
import { Mask } from "../secrets/mask.ts";
import { FlowCleaner } from "./clean-flow.ts";

const secret = "hunter2-9fQ2-zz81";

/** What comes out where the text comes in pieces of such a length. */
function cleaned(text: string, pieceBytes: number, mime = "text/csv"): string {
  const cleaner = new FlowCleaner(new Mask({ secret }), mime);
  const all = Buffer.from(text);
  const out: Buffer[] = [];
  for (let at = 0; at < all.length; at += pieceBytes)
    out.push(cleaner.take(all.subarray(at, at + pieceBytes)));
  return Buffer.concat([...out, cleaner.end()]).toString();
}

test("a secret is hidden wherever pieces of a text are cut, and nothing else changes", () => {
  for (const before of [0, 19_990, 20_000, 39_995, 61_234]) {
    const text = `${"ä€x,".repeat(before / 2)}${secret}${"\nö😀".repeat(15_000)}`;
    for (const pieceBytes of [997, 20_001, 262_144])
      expect(cleaned(text, pieceBytes)).toBe(text.replace(secret, "•••"));
  }
});

test("bytes that are no text pass as they are, and end before a secret", () => {
  const clean = Buffer.from(Array.from({ length: 90_000 }, (_, at) => at % 251));
  const cleaner = new FlowCleaner(new Mask({ secret }), "application/zip");
  expect(Buffer.concat([cleaner.take(clean), cleaner.end()]).equals(clean)).toBe(true);
  const other = new FlowCleaner(new Mask({ secret }), "application/zip");
  expect(other.take(Buffer.from(`${"x".repeat(9)}${secret.slice(0, 8)}`))).toHaveLength(0);
  expect(() => other.take(Buffer.from(`${secret.slice(8)}${"x".repeat(30_000)}`))).toThrow();
});
