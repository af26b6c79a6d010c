import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../../packages/strongroom/src/config/load.ts";
import { repositoryFiles } from "../../../tools/check/files.ts";
import { root } from "../../../tools/paths.ts";
import { makeApp } from "../../check/made-app.ts";
import type { Attempt } from "../register/entry.ts";
import { units } from "./units.ts";

type Of<K extends Attempt["kind"]> = Extract<Attempt, { kind: K }>;

/** Asks one of our own readers. */
export function tryUnit({ unit, cases }: Of<"unit">): readonly string[] {
  const read = units[unit];
  if (read === undefined) return [`There is no unit ${unit}.`];
  return cases.flatMap(([given, expected]) => {
    const said = read(given);
    return said === expected ? [] : [`${JSON.stringify(given.slice(0, 100))}: ${said}, not ${expected}`];
  });
}

/** Settings that are taken. */
export function tryConfig({ settings }: Of<"config">): readonly string[] {
  return settings.flatMap((text) => {
    const folder = mkdtempSync(join(tmpdir(), "strongroom-refused-"));
    try {
      mkdirSync(join(folder, ".strongroom"));
      writeFileSync(join(folder, ".strongroom", "config.toml"), text);
      loadConfig({ appFolder: folder, home: join(folder, "home"), environment: {}, flags: new Map() });
      return [`It was taken: ${text}`];
    } catch {
      return []; // refused, as it must be
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Apps in which a check finds nothing. */
export async function tryCheck({ rule, scripts }: Of<"check">): Promise<readonly string[]> {
  const config = '[access]\nallow = "signed-in"\n[connections.shop]\ntype = "sqlite"\npath = "shop.db"\n';
  const wrong: string[] = [];
  for (const script of scripts) {
    const text = `import { st } from "strongroom";\n${script}\n`;
    using app = makeApp({ files: { "app.ts": text, ".strongroom/config.toml": config } });
    const { findings } = await app.look();
    if (!findings.some(({ id }) => id === rule)) wrong.push(`${rule} does not find: ${script}`);
  }
  return wrong;
}

/** Lines of our source that should not be there. */
export function trySource({ files, lacks, but }: Of<"source">): readonly string[] {
  const paths = repositoryFiles().filter((path) => files.test(path) && but?.test(path) !== true);
  if (paths.length === 0) return [`No file fits ${String(files)}.`];
  return paths.flatMap((path) =>
    readFileSync(join(root, path), "utf8")
      .split("\n")
      .flatMap((line, at) => (lacks.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
  );
}
