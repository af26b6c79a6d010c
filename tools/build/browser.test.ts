import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { root } from "../paths.ts";
import { buildBrowser, guardBrowser } from "./browser.ts";
import type { Manifest } from "./manifest.ts";

const views = `export const views = {
  rating: () => import("./rating/rating.view.tsx"),
  text: () => import("./text/text.view.tsx"),
};`;

const files: Readonly<Record<string, string>> = {
  "src/browser/main.tsx": `import "./theme/tokens.css"; import { views } from "../elements/views.ts";
    export const start = () => views[document.title]();`,
  "src/browser/first-script.ts": `addEventListener("beforeunload", () => console.log("leaving"));`,
  "src/browser/beside.ts": "document.title = 'beside';",
  "src/browser/render.tsx": `import { renderToString } from "react-dom/server"; import { views } from "../elements/views.ts";
    export async function render(name) { const { default: View } = await views[name](); return renderToString(<View />); }`,
  "src/browser/theme/tokens.css": ":root { --ink: #182125 } body { font-family: Geist }",
  "src/browser/controls/field.tsx": `import style from "./field.module.css"; export const Field = (p) => <p className={style.root} {...p} />;`,
  "src/browser/controls/field.module.css":
    ".root { margin: 0 } .root:has(:focus) { animation: blink 1s } @keyframes blink { to { opacity: 0 } }",
  "src/elements/views.ts": views,
  "src/elements/rating/rating.view.tsx": `import style from "./rating.module.css"; import { Field } from "../../browser/controls/field.tsx";
    export default () => <Field><b className={style.root + " " + style["star-on"]} /></Field>;`,
  "src/elements/rating/rating.module.css": ".root { color: gold } .star-on { color: teal }",
  "src/elements/text/text.view.tsx": `import style from "./text.module.css"; import { Field } from "../../browser/controls/field.tsx";
    export default () => <Field><i className={style.root} /></Field>;`,
  "src/elements/text/text.module.css": ".root { color: red }",
  "src/worker/show.ts": `import { readFileSync } from "node:fs"; export const show = () => readFileSync("x");`,
};

/** A package in a folder of its own, below the repository so that React is found; gone at the end of the test. */
function fixture(changes: Readonly<Record<string, string>> = {}) {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache", "browser-"));
  for (const [path, text] of Object.entries({ ...files, ...changes })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const out = join(folder, "dist", "browser");
  return {
    folder,
    out,
    manifest: (): Manifest => JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as Manifest,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

test("names the entry, one style sheet, the chunks of each view and every file that may be served", async () => {
  using built = fixture();
  assert.deepEqual(await buildBrowser(built.folder), []);
  const { entry, css, views, files: served } = built.manifest();
  assert.match(entry, /^assets\/(main|chunk)-[A-Z0-9]{8}\.js$/);
  assert.equal(css.length, 1);
  assert.deepEqual(Object.keys(views), ["rating", "text"]);
  assert.match(views["rating"]?.[0] ?? "", /^assets\/basics-/);
  assert.deepEqual(views["rating"], views["text"]);
  assert.deepEqual(
    Object.keys(served),
    readdirSync(join(built.out, "assets"))
      .filter((name) => !name.endsWith(".br"))
      .map((name) => `assets/${name}`)
      .sort(),
  );
  assert.equal(Object.keys(served).filter((name) => name.endsWith(".woff2")).length, 5);
});

test("packs what is text, and nothing else", async () => {
  using built = fixture();
  assert.deepEqual(await buildBrowser(built.folder), []);
  const names = Object.keys(built.manifest().files);
  const packed = names.filter((name) => existsSync(join(built.out, `${name}.br`)));
  assert.ok(packed.length >= 3 && packed.every((name) => /\.(js|css)$/.test(name)));
  for (const name of packed) {
    const bytes = readFileSync(join(built.out, name));
    assert.deepEqual(brotliDecompressSync(readFileSync(join(built.out, `${name}.br`))), bytes);
  }
});

test("gives a large view a chunk of its own, and the small ones one for all", async () => {
  const large = `export const words = [${Array.from({ length: 2_000 }, (_, at) => `"w${at}"`).join()}];`;
  using built = fixture({
    "src/elements/rating/rating.view.tsx": `${large} import { Field } from "../../browser/controls/field.tsx"; export default () => <Field>{words}</Field>;`,
  });
  assert.deepEqual(await buildBrowser(built.folder), []);
  const { views } = built.manifest();
  assert.match(views["rating"]?.[0] ?? "", /^assets\/rating\.view-/);
  assert.match(views["text"]?.[0] ?? "", /^assets\/basics-/);
  assert.ok(views["rating"]?.slice(1).every((chunk) => chunk.startsWith("assets/chunk-")));
});

test("gives the server's markup the class names of the browser's style sheet", async () => {
  using built = fixture();
  assert.deepEqual(await buildBrowser(built.folder), []);
  const { render } = (await import(pathToFileURL(join(built.out, "render.js")).href)) as {
    render: (name: string) => Promise<string>;
  };
  const { css, views } = built.manifest();
  const rules = readFileSync(join(built.out, css[0] ?? ""), "utf8");
  assert.equal(
    await render("rating"),
    '<p class="field_root"><b class="rating_root rating_star-on"></b></p>',
  );
  const script = readFileSync(join(built.out, views["rating"]?.[0] ?? ""), "utf8");
  for (const name of ["rating_root", "rating_star-on"])
    assert.ok(rules.includes(`.${name}{`) && script.includes(name), name);
  assert.ok(rules.includes("@keyframes field_blink") && rules.includes("animation:field_blink 1s"));
});

test("puts shared styles before the styles of elements", async () => {
  using built = fixture();
  await buildBrowser(built.folder);
  const rules = readFileSync(join(built.out, built.manifest().css[0] ?? ""), "utf8");
  const places = ["@font-face", "--ink", ".field_root{", ".rating_root{", ".text_root{"].map((text) =>
    rules.indexOf(text),
  );
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.ok(!places.includes(-1));
});

test("builds the same bytes again and keeps no file of an older build", async () => {
  using built = fixture();
  await buildBrowser(built.folder);
  const before = built.manifest();
  await buildBrowser(built.folder);
  assert.deepEqual(built.manifest(), before);
  writeFileSync(join(built.folder, "src/elements/text/text.module.css"), ".root { color: blue }");
  await buildBrowser(built.folder);
  const names = readdirSync(join(built.out, "assets"));
  const left = new Set(names.map((name) => name.replace(/\.br$/, "")));
  assert.equal(left.size, Object.keys(before.files).length);
});

test("refuses server code in the browser and prints the chain of imports", async () => {
  const view = `import { show } from "../../worker/show.ts"; export default () => <p>{show()}</p>;`;
  using built = fixture({ "src/elements/text/text.view.tsx": view });
  const refused = [
    [
      "src/worker/show.ts must not reach the browser:\n    src/browser/main.tsx",
      "src/elements/views.ts",
      "src/elements/text/text.view.tsx",
      "src/worker/show.ts",
    ].join("\n  → "),
    [
      "src/worker/show.ts must not reach the browser:\n    src/browser/render.tsx",
      "src/elements/views.ts",
      "src/elements/text/text.view.tsx",
      "src/worker/show.ts",
    ].join("\n  → "),
  ];
  assert.deepEqual(await guardBrowser(built.folder), refused);
  assert.deepEqual(await buildBrowser(built.folder), refused);
});

test("refuses a module of Node that the browser's code asks for", async () => {
  using built = fixture({
    "src/browser/controls/field.tsx": `import fs from "node:fs"; export const Field = () => fs.constants;`,
  });
  const [first] = await buildBrowser(built.folder);
  assert.match(
    first ?? "",
    /^Node's node:fs must not reach the browser:\n.*main\.tsx\n(.*\n)+ {2}→ src\/browser\/controls\/field\.tsx\n {2}→ Node's node:fs$/,
  );
});

test("refuses two style sheets of one name, whose classes would be one", async () => {
  using built = fixture({
    "src/elements/text/field.module.css": ".root {}",
    "src/elements/text/text.view.tsx": `import s from "./field.module.css"; import { Field } from "../../browser/controls/field.tsx"; export default () => <Field className={s.root} />;`,
  });
  const problems = await buildBrowser(built.folder);
  assert.match(problems.join(), /Two style sheets have one name/);
});
