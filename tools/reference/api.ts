import { rmSync } from "node:fs";
import { join } from "node:path";
import { root, packageRoot } from "../paths.ts";
import { tsc } from "../run/tsc.ts";
import { Declarations, type Declaration } from "./declarations.ts";

const doors = [
  ["strongroom", "st"],
  ["strongroom/testing", "testing/testing"],
] as const;

/** The first that a declaration fits has it. */
const parts: readonly (readonly [name: string, title: string, fits: (of: Declaration) => boolean])[] = [
  ["testing", "What tests of an app use", ({ file }) => file.startsWith("testing/")],
  ["functions", "Functions", ({ text }) => /^(?:export )?(?:declare )?(?:function|const)\b/.test(text)],
  ["options", "What functions take beside their arguments", ({ name }) => name.endsWith("Options")],
  ["values", "What functions take and answer", () => true],
];

const head = `# The public names, with their types

Written by \`npm run reference\` from what the compiler makes of the package's doors; \`npm run check\` compares. A change here
is a change of the API: it stands in the changelog.
`;

type Pages = ReadonlyMap<string, string>;
let made: Promise<Pages> | undefined;

/** Every public name, and the types that those name: pages by their path from the root, all made at once. */
export const apiPages: Readonly<Record<string, () => Promise<string>>> = Object.fromEntries(
  ["api", ...parts.map(([name]) => `api/${name}`)].map((page) => [
    `docs/${page}.md`,
    async () => (await (made ??= makePages())).get(page) ?? "",
  ]),
);

async function makePages(): Promise<Pages> {
  const folder = join(root, ".cache", "api");
  rmSync(folder, { recursive: true, force: true });
  const project = join(packageRoot, "tsconfig.server.json");
  const { code, output } = await tsc(["-p", project, "--emitDeclarationOnly", "--outDir", folder]);
  if (code !== 0) throw new Error(output);
  const declarations = new Declarations(folder);
  const reached = new Map<string, Declaration>();
  const sections = doors.map(([door, file]) => {
    const found = declarations.exportsOf(file).flatMap((name) => declarations.find(file, name) ?? []);
    for (const declaration of found) reach(declarations, declaration, reached);
    return `\n## \`${door}\`\n\n${found.map(({ name }) => `\`${name}\``).join(", ")}\n`;
  });
  const links = parts.map(([name, title]) => `- [${title}](api/${name}.md)\n`).join("");
  const all = [...reached.values()].sort((a, b) => order(a).localeCompare(order(b), "en"));
  return new Map([["api", `${head}${sections.join("")}\n## Types\n\n${links}`], ...partsOf(all)]);
}

function partsOf(all: readonly Declaration[]): readonly (readonly [page: string, text: string])[] {
  const names = all.map(({ name }) => name);
  const isAlone = (name: string): boolean => names.indexOf(name) === names.lastIndexOf(name);
  return parts.map(([part, title]) => {
    const texts = all
      .filter((one) => parts.find(([, , fits]) => fits(one))?.[0] === part)
      .map(({ name, file, text }) => (isAlone(name) ? shortened(text) : `// ${file}\n${shortened(text)}`));
    return [`api/${part}`, `# ${title}\n\n\`\`\`ts\n${texts.join("\n\n")}\n\`\`\`\n`];
  });
}

function order({ name, file }: Declaration): string {
  return `${name} ${file}`;
}

function reach(declarations: Declarations, first: Declaration, reached: Map<string, Declaration>): void {
  const key = `${first.file}#${first.name}`;
  if (reached.has(key) || isInside(first)) return;
  reached.set(key, first);
  for (const next of declarations.namedIn(first)) reach(declarations, next, reached);
}

/** What a contract or a run is made of: authors get it, and never write it. */
function isInside({ file }: Declaration): boolean {
  return /^(?:wire\/(?!rich-text)|worker\/(?:run|runner|session|services|canvas|tree|app)$)|\.schema$/.test(
    file,
  );
}

function shortened(text: string): string {
  return text.replaceAll(/^(?:export )?declare /gm, "").replaceAll(/^export /gm, "");
}
