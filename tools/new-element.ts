import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { packageRoot, root } from "./paths.ts";

const templates = join(root, "tools", "templates");
const elements = join(packageRoot, "src", "elements");

/** Makes the folder of a new element, with its six files, and names it in both registries. */
export function run([name]: readonly string[]): number {
  const problem = refusal(name, elements);
  if (name === undefined || problem !== undefined) {
    console.error(problem);
    return 2;
  }
  const { made, byHand } = makeElement(name, elements);
  for (const file of made) console.log(`  ${file}`);
  for (const line of byHand) console.log(`Add by hand: ${line}`);
  console.log(
    "Next: the contract (.schema.ts), then the function's comment; npm run check says what is missing.",
  );
  return 0;
}

/** Why there can be no element of that name, or undefined. */
export function refusal(name: string | undefined, folder: string): string | undefined {
  if (name === undefined) return "Which name? npm run new-element color-picker";
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return `Write "${name}" in kebab-case: color-picker`;
  if (isReserved(name)) return `"${name}" is a word of the language, no function can have it: choose another`;
  return existsSync(join(folder, name)) ? `elements/${name} exists already` : undefined;
}

/** Two words are never one of the language's. */
function isReserved(name: string): boolean {
  if (name.includes("-")) return false;
  try {
    transformSync(`const ${name} = 1;`, { format: "esm", logLevel: "silent" });
    return false;
  } catch {
    return true;
  }
}

/** Writes the six files and the lines in the registries; answers what it wrote, and what it found no place for. */
export function makeElement(
  name: string,
  folder: string,
): { made: readonly string[]; byHand: readonly string[] } {
  mkdirSync(join(folder, name), { recursive: true });
  const made = readdirSync(join(templates, "element")).map((template) => {
    const file = join(folder, name, `${name}.${template.replace(/\.txt$/, "")}`);
    writeFileSync(file, filled(join(templates, "element", template), name));
    return file;
  });
  const byHand = readdirSync(join(templates, "registry")).flatMap((template) => {
    const file = join(folder, template.replace(/\.txt$/, ""));
    return register(join(templates, "registry", template), file, name);
  });
  return { made, byHand };
}

function filled(template: string, name: string): string {
  return fill(readFileSync(template, "utf8"), name);
}

function fill(text: string, name: string): string {
  const pascal = name.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase());
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  const words = name.replaceAll("-", " ");
  return text
    .replaceAll("__name__", name)
    .replaceAll("__camel__", camel)
    .replaceAll("__Pascal__", pascal)
    .replaceAll("__Label__", words.charAt(0).toUpperCase() + words.slice(1));
}

/** Puts each line of a template among its likes, in the order of the alphabet. Answers those that have no likes. */
function register(template: string, file: string, name: string): readonly string[] {
  const byHand: string[] = [];
  const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  for (const pattern of readFileSync(template, "utf8").trimEnd().split("\n")) {
    const line = fill(pattern, name);
    const isAlike = new RegExp(`^${RegExp.escape(pattern).replace(/__\w+?__/g, "[\\w-]+")}$`);
    const alike = lines.flatMap((text, at) => (isAlike.test(text) ? [at] : []));
    const last = alike.at(-1);
    if (last === undefined) byHand.push(`${line}   in ${file}`);
    else lines.splice(alike.find((at) => (lines[at] ?? "") > line) ?? last + 1, 0, line);
  }
  if (lines.length > 0) writeFileSync(file, `${lines.join("\n")}\n`);
  return byHand;
}
