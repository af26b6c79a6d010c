import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeElement, refusal } from "./new-element.ts";
import { root } from "./paths.ts";

const functions = `export { button } from "./button/button.server.ts";
export { text } from "./text/text.server.ts";
`;
const views = `export const views = {
  button: lazyView("button", () => import("./button/button.view.tsx")),
  text: lazyView("text", () => import("./text/text.view.tsx")),
};
`;

function elementsFolder() {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache", "elements-"));
  writeFileSync(join(folder, "functions.ts"), functions);
  writeFileSync(join(folder, "views.ts"), views);
  const read = (path: string): string => readFileSync(join(folder, path), "utf8");
  return { folder, read, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

test("makes the six files of an element, with its name in each form", () => {
  using elements = elementsFolder();
  makeElement("color-picker", elements.folder);
  assert.deepEqual(
    readdirSync(join(elements.folder, "color-picker")),
    ["example.ts", "module.css", "schema.ts", "server.ts", "test.ts", "view.tsx"].map(
      (end) => `color-picker.${end}`,
    ),
  );
  assert.match(elements.read("color-picker/color-picker.schema.ts"), /export const colorPickerSpec/);
  assert.match(elements.read("color-picker/color-picker.server.ts"), /interface ColorPickerOptions/);
  assert.match(elements.read("color-picker/color-picker.example.ts"), /st\.colorPicker\("Color picker"\)/);
});

test("puts the lines of the registries where the alphabet wants them", () => {
  using elements = elementsFolder();
  for (const name of ["color-picker", "audio", "time-input"])
    assert.deepEqual(makeElement(name, elements.folder).byHand, []);
  const names = ["audio", "button", "color-picker", "text", "time-input"];
  const order = (text: string, pattern: RegExp): readonly (string | undefined)[] =>
    [...text.matchAll(pattern)].map((match) => match[1]);
  assert.deepEqual(order(elements.read("functions.ts"), /"\.\/([\w-]+)\//g), names);
  assert.deepEqual(order(elements.read("views.ts"), /^ {2}\w+: lazyView.*"\.\/([\w-]+)\//gm), names);
});

test("says what to add by hand where a registry holds nothing alike", () => {
  using elements = elementsFolder();
  writeFileSync(join(elements.folder, "views.ts"), "export const views = {};\n");
  const { byHand } = makeElement("audio", elements.folder);
  assert.equal(byHand.length, 1);
  assert.equal(elements.read("views.ts"), "export const views = {};\n");
});

test("refuses a name that is not kebab-case, and one that is taken", () => {
  using elements = elementsFolder();
  for (const name of ["colorPicker", "Color-picker", "-x", "x-", "../x", "x_y", ""])
    assert.ok(refusal(name, elements.folder), name);
  assert.equal(refusal("color-picker", elements.folder), undefined);
  makeElement("color-picker", elements.folder);
  assert.match(refusal("color-picker", elements.folder) ?? "", /exists/);
});
