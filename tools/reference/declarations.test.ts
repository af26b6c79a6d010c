import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { root } from "../paths.ts";
import { Declarations } from "./declarations.ts";

const files = {
  "st.d.ts": `/** The door. */
import * as elements from "./elements/functions.ts";
import { type Inner as Other } from "./worker/inner.ts";
export declare const st: {
    button: typeof elements.button;
    other: Other;
    query: import("./worker/query.ts").Query;
};
export type { Other };
`,
  "elements/functions.d.ts": `export { button } from "./button/button.server.ts";\n`,
  "elements/button/button.server.d.ts": `/** Shows "Inner". */
export declare function button(label: "Query" | string): boolean;
export declare function button(): void;
export declare namespace button {
    var specs: readonly [];
}
`,
  "worker/inner.d.ts": `export interface Inner {\n    readonly a: 1;\n}\n`,
  "worker/query.d.ts": `export type Query = {\n    b: 2;\n} | {\n    c: 3;\n};\n`,
};

test("finds what a door names, by imports, renamed, as members and inline; overloads stand together", () => {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache", "declarations-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const declarations = new Declarations(folder);
  assert.deepEqual(declarations.exportsOf("st"), ["Other", "st"]);
  const door = declarations.find("st", "st");
  assert.ok(door);
  const found = declarations.namedIn(door);
  assert.deepEqual(found.map(({ file, name }) => `${file}#${name}`).sort(), [
    "elements/button/button.server#button",
    "worker/inner#Inner",
    "worker/query#Query",
  ]);
  const [button] = found.filter(({ name }) => name === "button");
  assert.equal(button?.text.split("\n").length, 2);
  assert.deepEqual(declarations.namedIn(button), []);
  rmSync(folder, { recursive: true });
});
