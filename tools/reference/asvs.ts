import type { Demand } from "../../tests/hostile/standards/standard.ts";
import { standards } from "../../tests/hostile/standards/standards.ts";

const head = `# What standards demand, and the test that proves it

Numbers are those of OWASP's Application Security Verification Standard 5.0, at level 2; other texts are named. Letters
with a number are cases that are tried on a development and a production server: see [non-events](non-events.md). Made
from \`tests/hostile/standards\`: \`npm run reference\` writes this page, and \`npm run check\` compares it and finds tests that
do not exist.
`;

/** The page of standards. */
export function asvsPage(): string {
  const all = Object.values(standards).flat();
  const unmet = all.filter(({ open }) => open !== undefined).length;
  const sum = `${all.length} demands: ${all.length - unmet} have a test, ${unmet} have none and say why.\n`;
  return [head, sum, ...Object.entries(standards).map(([title, demands]) => section(title, demands))].join(
    "\n",
  );
}

function section(title: string, demands: readonly Demand[]): string {
  const lines = demands.map((one) => `| ${one.of} | ${one.says} | ${proofOf(one)} |`);
  return `## ${title}\n\n| demand | what holds | how that is known |\n| --- | --- | --- |\n${lines.join("\n")}\n`;
}

function proofOf({ cases = [], provenBy = [], open }: Demand): string {
  if (open !== undefined) return `Open: ${open}`;
  const tests = provenBy.map(
    (pointer) => `\`${pointer.split(" › ")[0] ?? ""}\`: ${pointer.split(" › ")[1] ?? ""}`,
  );
  return [...(cases.length === 0 ? [] : [cases.join(", ")]), ...tests].join("; ").replaceAll("|", "\\|");
}
