import type { Attempt, Entry } from "../../tests/hostile/register/entry.ts";
import { register } from "../../tests/hostile/register/register.ts";

const head = `# Non-events

Each line is something that broke a program like ours, or a library under one, and what happens when it is tried here.
The cases are data in \`tests/hostile/register\`. \`npm run test:hostile\` starts a development server and a production
server with TLS, tries all of them on both, and fails on the first answer that is not the one below. This page is made
from the same data: \`npm run reference\` writes it, and \`npm run check\` compares.
`;

/** The page of what has not happened. */
export function nonEventsPage(): string {
  const all = Object.values(register).flat();
  const sections = Object.entries(register).map(([title, entries]) => section(title, entries));
  const apart = all.filter(({ cannot }) => cannot !== undefined).length;
  const sum = `${all.length} cases: ${all.length - apart} are tried here, ${apart} cannot be, and say why.\n`;
  return [head, sum, ...sections].join("\n");
}

function section(title: string, entries: readonly Entry[]): string {
  const lines = entries.map(
    (entry) =>
      `| ${entry.id} | ${cell(entry.title)} | ${entry.against} | ${cell(entry.outcome)} | ${cell(proofOf(entry))} |`,
  );
  return `## ${title}\n\n| case | what broke elsewhere | tried on | what happens here | how that is known |\n| --- | --- | --- | --- | --- |\n${lines.join("\n")}\n`;
}

function proofOf({ attempts = [], provenBy = [], cannot }: Entry): string {
  const tests = provenBy.map((pointer) => {
    const [path = "", name = ""] = pointer.split(" › ");
    return `\`${path.split("/").at(-1)}\`: ${name}`;
  });
  return [...attempts.map(countOf), ...tests, ...(cannot === undefined ? [] : [`Not tried: ${cannot}`])].join(
    "; ",
  );
}

function countOf(attempt: Attempt): string {
  switch (attempt.kind) {
    case "http":
      return counted(attempt.asks.length, "request");
    case "frames":
      return counted(attempt.frames.length, "message");
    case "bytes":
      return `${counted(attempt.bytes.length, "broken frame")}`;
    case "unit":
      return `${counted(attempt.cases.length, "text")} for the reader of a ${attempt.unit}`;
    case "config":
      return counted(attempt.settings.length, "setting");
    case "check":
      return `${counted(attempt.scripts.length, "script")} for ${attempt.rule}`;
    case "source":
      return "the source is searched";
  }
}

function counted(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? "" : "s"}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
