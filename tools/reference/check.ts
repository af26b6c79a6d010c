import { rules } from "../../packages/strongroom/src/cli/check/rules.ts";

const head = `# What \`strongroom check\` looks for

Written by \`npm run reference\` from \`packages/strongroom/src/cli/check/rules/\`; \`npm run check\` compares.

\`strongroom check [app.ts | folder]\` reads an app, changes nothing, runs none of its code, and names each finding with its
place and its fix; never with the secret that it found. What goes live with flags is checked with the same flags:
\`strongroom check --host 0.0.0.0\`.

| flag | |
| --- | --- |
| \`--json\` | the findings as JSON: \`findings\` (\`id\`, \`severity\`, \`file\`, \`line\`, \`problem\`, \`fix\`), \`skipped\`, \`allowed\` |
| \`--strict\` | warnings count: the exit code is 1 for them, too |
| \`--offline\` | npm is not asked about faults of packages; without it, it is asked for about 2 s, and says that it was skipped where no answer came |

The exit code is 0 where there is no error, 1 where there is one, 2 where the app could not be looked at.

A line of the author's allows what is found in it or in the next one, and says why:

\`\`\`toml
# strongroom-allow CHK-NETWORK: the price feed speaks UDP
network = "host"
\`\`\`

Secrets are found by three signs: they are values of a \`secrets.toml\` that is not sealed; they have a shape that somebody gave
them (keys of clouds and services, private keys, signed tokens, URLs with a password); or a name such as \`apiKey\` is given a text
that mixes letters with digits or signs, without spaces, of 2.5 bits for each character or more. \`.env\` files and keys are not
read for them: whether others can read those is \`CHK-SECRET-FILE\`.
`;

/** The page of all rules. */
export function rulesReference(): string {
  const sections = rules.map(
    ({ id, severity, holds, why }) => `\n## ${id}\n\n${holds} Otherwise: ${severity}.\n\n${why}\n`,
  );
  return `${head}${sections.join("")}`;
}
