import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { run as build } from "./build.ts";
import { capture } from "./run/capture.ts";
import { packageRoot, root } from "./paths.ts";

/** What we read and change of CycloneDX 1.5; npm's other fields stay as they are. */
interface Component {
  readonly "bom-ref": string;
  readonly name: string;
  readonly scope?: "required" | "optional" | "excluded";
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly properties?: readonly Property[];
}

interface Property {
  readonly name: string;
  readonly value: string;
}

interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
}

/** npm's mark on what only this repository needs. */
const development = "cdx:npm:package:development";
/** Our mark on what lies within `dist`, so that nobody who installs the package installs it besides. */
const bundled = { name: "strongroom:bundled", value: "true" };
/** What the build writes into files of its own, beside the bundles: tools/build/emoji.ts and maths.ts. */
const written = ["node_modules/gemoji", "node_modules/temml"];
const path = join(packageRoot, "dist", "sbom.cdx.json");

/** Writes the bill of materials into what is published: every package of the lock file, and what it is to whom. */
export async function run(): Promise<number> {
  const code = await build();
  if (code !== 0) return code;
  const bill = await billOfMaterials();
  writeFileSync(path, `${JSON.stringify(bill, null, 2)}\n`);
  const count = (scope: string): number => bill.components.filter((one) => one.scope === scope).length;
  console.log(
    `wrote ${relative(root, path)}: ${count("required")} packages within it or installed with it, ` +
      `${count("optional")} that an app may add, ${count("excluded")} that only this repository needs`,
  );
  return 0;
}

/** The bill, from the lock file and the last build: nobody is asked. */
export async function billOfMaterials(): Promise<Bill> {
  const bill = JSON.parse(await npmSbom()) as Bill; // npm's own, in a format that it promises
  const within = new Set(bundledRefs());
  const components = bill.components.map((one): Component => {
    const { properties = [] } = one;
    if (!properties.some(({ name }) => name === development)) return one;
    if (!within.has(one["bom-ref"])) return { ...one, scope: "excluded" };
    const others = properties.filter(({ name }) => name !== development);
    return { ...one, scope: "required", properties: [...others, bundled] };
  });
  // npm calls it by the folder that it lies in.
  const component = { ...bill.metadata.component, name: "strongroom-repository" };
  return { ...bill, metadata: { ...bill.metadata, component }, components };
}

async function npmSbom(): Promise<string> {
  const args = ["sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--offline", "--loglevel=error"];
  const own = process.env["npm_execpath"];
  const { code, output } = await (own?.endsWith("npm-cli.js") === true
    ? capture(process.execPath, [own, ...args])
    : capture("npm", args));
  if (code !== 0) throw new Error(`npm sbom ended with ${code}:\n${output}`);
  return output;
}

/** Package and version of all whose code or fonts lie within `dist`. */
export function bundledRefs(): readonly string[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
  // The first is npm's own file, committed here; the second our build's.
  const { packages } = read(join(root, "package-lock.json")) as {
    readonly packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  const places = read(join(packageRoot, "dist", "browser", "packages.json")) as readonly string[];
  return [...places, ...written].map((place) => {
    const version = packages[place]?.version;
    if (version === undefined) throw new Error(`package-lock.json has no ${place}, which the build took in.`);
    return `${place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length)}@${version}`;
  });
}
