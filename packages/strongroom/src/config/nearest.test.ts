import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test.each([
  ["prot", "port"],
  ["Port", "port"],
  ["prt", "port"],
  ["hostt", "host"],
  ["colour", undefined],
  ["x", undefined],
])("%s was meant to be %s", (wrong, meant) => expect(nearest(wrong, ["host", "port"])).toBe(meant));
