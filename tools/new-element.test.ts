import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeElement, refusal } from "./new-element.ts";
import { packageRoot, root } from "./paths.ts";
import { tsc } from "./run/tsc.ts";

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

test("refuses a name that is not kebab-case, one that a function cannot have, and one that is taken", () => {
  using elements = elementsFolder();
  for (const name of ["colorPicker", "Color-picker", "-x", "x-", "../x", "x_y", ""])
    assert.ok(refusal(name, elements.folder), name);
  for (const name of ["class", "await", "enum"])
    assert.match(refusal(name, elements.folder) ?? "", /word of the language/);
  assert.equal(refusal("color-picker", elements.folder), undefined);
  makeElement("color-picker", elements.folder);
  assert.match(refusal("color-picker", elements.folder) ?? "", /exists/);
});

/** A copy of the source, where an element can be added and a line forgotten. */
function copiedSource() {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache", "source-"));
  cpSync(join(packageRoot, "src"), join(folder, "src"), { recursive: true });
  const paths = { strongroom: ["./src/st.ts"], "strongroom/testing": ["./src/testing/testing.ts"] };
  const include = ["src/**/*.d.ts", "src/elements/**/*.test.ts", "src/elements/**/*.example.ts"];
  const config = { extends: "../../tsconfig.tests.json", compilerOptions: { paths }, include, exclude: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const elements = join(folder, "src", "elements");
  const compile = async (): Promise<readonly string[]> =>
    (await tsc(["-p", folder])).output.split("\n").filter((line) => line !== "");
  return { elements, compile, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

test("a new element compiles with its folder and two lines, and does not when either line is forgotten", async () => {
  using source = copiedSource();
  makeElement("rating", source.elements);
  assert.deepEqual(await source.compile(), []);
  for (const registry of ["views.ts", "functions.ts"]) {
    const file = join(source.elements, registry);
    const whole = readFileSync(file, "utf8");
    const lines = whole.split("\n").filter((line) => !line.includes("/rating/"));
    assert.equal(lines.length, whole.split("\n").length - 1);
    writeFileSync(file, lines.join("\n"));
    const problems = await source.compile();
    assert.ok(
      problems.some((line) => /registry\.test\.ts.*"rating"/.test(line)),
      problems.join("\n"),
    );
    writeFileSync(file, whole);
  }
});
