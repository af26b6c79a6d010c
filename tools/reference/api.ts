import { rmSync } from "node:fs";
import { join } from "node:path";
import { root, packageRoot } from "../paths.ts";
import { tsc } from "../run/tsc.ts";
import { Declarations, type Declaration } from "./declarations.ts";

const doors = [
  ["strongroom", "st"],
  ["strongroom/testing", "testing/testing"],
] as const;

const head = `# The public names, with their types

Written by \`npm run reference\` from what the compiler makes of the package's doors; \`npm run check\` compares. A change here
is a change of the API: it stands in the changelog.
`;

/** Every public name with its type, and the types that those name. */
export async function apiReport(): Promise<string> {
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
  const all = [...reached.values()].sort((a, b) => order(a).localeCompare(order(b), "en"));
  const names = all.map(({ name }) => name);
  const texts = all.map(({ name, file, text }) =>
    names.indexOf(name) === names.lastIndexOf(name) ? shortened(text) : `// ${file}\n${shortened(text)}`,
  );
  return `${head}${sections.join("")}\n## Types\n\n\`\`\`ts\n${texts.join("\n\n")}\n\`\`\`\n`;
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
