import { expect, test } from "vitest";
import { folded, matching } from "./option-filter.ts";

const airports = ["Málaga", "Seattle", "San Francisco", "Santa Ana", "Portland", "Fort Lauderdale"];
const found = (typed: string, mode: "fuzzy" | "contains" | "prefix" = "fuzzy"): readonly string[] =>
  matching(airports.map(folded), typed, mode).map((index) => airports[index] ?? "");

test("finds nothing in particular when nothing was typed", () => {
  expect(found("  ")).toEqual(airports);
});

test("finds text whatever its case and accents", () => {
  expect(found("MALAGA")).toEqual(["Málaga"]);
});

test("puts what begins so before a word that does, before what holds it, before letters in this order", () => {
  expect(found("la")).toEqual(["Fort Lauderdale", "Málaga", "Portland"]);
  expect(found("sf")).toEqual(["San Francisco"]);
  expect(found("san")).toEqual(["San Francisco", "Santa Ana"]);
});

test("keeps to the beginning, or to a part, where that is asked for", () => {
  expect(found("s", "prefix")).toEqual(["Seattle", "San Francisco", "Santa Ana"]);
  expect(found("ort", "contains")).toEqual(["Portland", "Fort Lauderdale"]);
  expect(found("sf", "contains")).toEqual([]);
});
