import { expect, test } from "vitest";
import { Help } from "./help.ts";

test("help comes at once, then not for a while, and never for more than twice the workers", () => {
  const help = new Help();
  expect(help.comes(2, 0)).toBe(false);
  expect(help.comes(1, 0)).toBe(true);
  expect(help.comes(1.5, 2_999)).toBe(false);
  expect(help.comes(1.5, 3_000)).toBe(true);
});

test("when a worker has fallen, help comes at once again", () => {
  const help = new Help();
  help.comes(1, 0);
  help.lost();
  expect(help.comes(1, 1)).toBe(true);
});
