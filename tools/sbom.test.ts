import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { packagesIn } from "./build/bundled.ts";
import { packageRoot, root } from "./paths.ts";
import { billOfMaterials, bundledRefs } from "./sbom.ts";

const { dependencies, peerDependencies } = JSON.parse(
  readFileSync(join(packageRoot, "package.json"), "utf8"),
) as Readonly<Record<"dependencies" | "peerDependencies", Readonly<Record<string, string>>>>;

test("the bill lists all that is installed with the package or lies within it, each with its checksum", async () => {
  const { components } = await billOfMaterials();
  const namesOf = (scope: string): readonly string[] =>
    components.filter((one) => one.scope === scope).map(({ name }) => name);
  const required = namesOf("required");
  for (const name of Object.keys(dependencies)) assert.ok(required.includes(name), name);
  for (const name of [
    "react",
    "react-dom",
    "vega",
    "lowlight",
    "gemoji",
    "temml",
    "@fontsource-variable/geist",
  ])
    assert.ok(required.includes(name), `${name} is bundled`);
  for (const name of Object.keys(peerDependencies)) assert.ok(namesOf("optional").includes(name), name);
  for (const name of ["vitest", "typescript", "playwright-core", "yargs"])
    assert.ok(namesOf("excluded").includes(name), name);
  for (const { name, scope, hashes } of components)
    assert.ok(scope !== "required" || name === "strongroom" || hashes?.[0]?.alg === "SHA-512", name);
  const refs = new Set(components.map((one) => one["bom-ref"]));
  for (const ref of bundledRefs()) assert.ok(refs.has(ref), ref);
});

test("a package is within a bundle where something of it is, also one that lies within another", () => {
  const inputs = {
    "src/main.tsx": { bytesInOutput: 9 },
    "../../node_modules/react/index.js": { bytesInOutput: 9 },
    "../../node_modules/@scope/fonts/files/a.woff2": { bytesInOutput: 9 },
    "../../node_modules/vega/node_modules/d3-array/src/max.js": { bytesInOutput: 9 },
    "../../node_modules/shaken-off/index.js": { bytesInOutput: 0 },
  };
  const output = { bytes: 0, imports: [], exports: [], inputs };
  assert.deepEqual(packagesIn([{ inputs: {}, outputs: { "out.js": output } }]), [
    "node_modules/@scope/fonts",
    "node_modules/react",
    "node_modules/vega/node_modules/d3-array",
  ]);
});

test("the promise of how soon faults of packages are mended stands in SECURITY.md", () => {
  const text = readFileSync(join(root, "SECURITY.md"), "utf8");
  const [, packages = ""] = text.split("\n## Packages\n");
  for (const severity of ["critical", "high", "moderate", "low"])
    assert.match(packages, new RegExp(`\\| ${severity}[^|]*\\| \\d+ (?:day|hour)s`), severity);
});
