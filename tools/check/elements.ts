import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../paths.ts";
import { repositoryFiles } from "./files.ts";

const folder = /^packages\/strongroom\/src\/elements\/([^/]+)\/([^/]+)$/;
const optionsInterface = /^export interface (\w+Options)\b[^{]*\{([^]*?)^\}/gm;
const endings = ["schema.ts", "server.ts", "view.tsx", "module.css", "test.ts", "example.ts"];

/** Elements that lack one of their six files, hold a seventh, or are missing in a registry. */
export function checkElements(): readonly string[] {
  const filesOf = new Map<string, string[]>();
  for (const path of repositoryFiles()) {
    const [, name, file] = folder.exec(path) ?? [];
    if (name !== undefined && file !== undefined) filesOf.set(name, [...(filesOf.get(name) ?? []), file]);
  }
  return [
    ...[...filesOf].flatMap(([name, files]) => [...checkFolder(name, files), ...checkRegistries(name)]),
    ...repositoryFiles().filter(isFunctionOfAuthors).flatMap(uncommented),
  ];
}

function isFunctionOfAuthors(path: string): boolean {
  return /^packages\/strongroom\/src\/elements\/.*\.server\.ts$/.test(path);
}

/** Options of authors without a comment: editors would show their type only. */
function uncommented(path: string): readonly string[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(optionsInterface)].flatMap(([, name = "", body = ""]) =>
    [...body.matchAll(/(?<!\*\/)\n {2}readonly (\w+)/g)].map(
      ([, option = ""]) => `${path}: ${name}.${option} has no comment`,
    ),
  );
}

function checkFolder(name: string, files: readonly string[]): readonly string[] {
  const wanted = endings.map((ending) => `${name}.${ending}`);
  return [
    ...wanted.filter((file) => !files.includes(file)).map((file) => `elements/${name} lacks ${file}`),
    ...files
      .filter((file) => !file.startsWith(`${name}.`) && !file.startsWith(`${name}-`))
      .map((file) => `elements/${name}/${file}: begin its name with "${name}"`),
  ];
}

function checkRegistries(name: string): readonly string[] {
  const registries = {
    "functions.ts": `./${name}/${name}.server.ts`,
    "views.ts": `./${name}/${name}.view.tsx`,
  };
  return Object.entries(registries).flatMap(([file, line]) => {
    const text = readIfThere(join(packageRoot, "src", "elements", file));
    return text.includes(`"${line}"`) ? [] : [`elements/${file} does not name "${line}"`];
  });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // then every element is missing in it, and said to be
  }
}
