import { expect, test } from "vitest";
import { iconNamed, iconNames } from "./icons.ts";

test("every drawing is a path on a grid of 24, and small", () => {
  expect(iconNames().length).toBeGreaterThan(150);
  for (const name of iconNames()) {
    const path = iconNamed(name) ?? "";
    expect(path, name).toMatch(/^M[MmLlHhVvCcSsAaZz0-9 .-]+$/);
    expect(path.length, name).toBeLessThan(600);
  }
});

test("knows no drawing by a name that every object has", () => {
  for (const name of ["constructor", "__proto__", "toString", "no_such_icon"])
    expect(iconNamed(name)).toBeUndefined();
});
