import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./paths.ts";
import { apiPages } from "./reference/api.ts";
import { asvsPage } from "./reference/asvs.ts";
import { rulesReference } from "./reference/check.ts";
import { configReference } from "./reference/config.ts";
import { nonEventsPage } from "./reference/non-events.ts";

/** Pages that are made from the source, by their path from the root. */
const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  ...apiPages,
  "docs/reference/check.md": rulesReference,
  "docs/reference/config.md": configReference,
  "docs/security/asvs.md": asvsPage,
  "docs/security/non-events.md": nonEventsPage,
};

/** Writes every page that is made from the source. */
export async function run(): Promise<number> {
  for (const [path, make] of Object.entries(pages)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await make());
    console.log(`wrote ${path}`);
  }
  return 0;
}

/** Pages that are not what the source would make of them. */
export async function checkReference(): Promise<readonly string[]> {
  const outdated = await Promise.all(
    Object.entries(pages).map(async ([path, make]) => ((await make()) === textOf(path) ? [] : [path])),
  );
  return outdated.flat().map((path) => `${path} is not what the source says: npm run reference writes it`);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined; // not written yet
  }
}
