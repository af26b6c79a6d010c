import {
  environmentName,
  optionsByName,
  type NamedOption,
} from "../../packages/strongroom/src/config/options.ts";
import { streamlitNames } from "../../packages/strongroom/src/config/streamlit-names.ts";

const head = `# Configuration

Written by \`npm run reference\` from \`packages/strongroom/src/config/options.ts\`; \`npm run check\` compares.

Options stand in \`.strongroom/config.toml\` beside the app, and in the same file in the home folder. What comes later wins:

1. the default,
2. \`~/.strongroom/config.toml\`,
3. \`.strongroom/config.toml\` of the app,
4. the environment: \`session.maxStateBytes\` is \`${environmentName("session.maxStateBytes")}\`, lists are separated by commas,
5. the command line: \`--session.maxStateBytes 16mb\`, and the short flags that are named below.

A text like \`"env:PORT"\` in a file stands for what that variable holds. Durations are written \`"90s"\`, \`"10m"\`, \`"1h30m"\`;
sizes \`"8mb"\`. \`strongroom config show\` prints every option with its value and where that came from.

What is unknown or does not fit stops the start, with file, line, what was expected and the nearest name. A
\`.streamlit/config.toml\` is read in a folder that has no \`.strongroom/config.toml\`: the options that are ours as well are
taken, those that would open what is closed here are refused, and of all others the start says why they do nothing.

\`[connections.NAME]\` is described in [connections.md](connections.md); secrets stand in \`secrets.toml\`, never here.
`;

/** The page of all options. */
export function configReference(): string {
  const sections = Map.groupBy(optionsByName.values(), ({ section }) => section);
  const pages = [...sections].map(([section, options]) => {
    if (section.startsWith("theme.")) return `\n## [${section}]\n\n${colorsOnly(section, options)}\n`;
    return `\n## [${section}]\n\n| option | default | holds | |\n| --- | --- | --- | --- |\n${options.map(row).join("\n")}\n`;
  });
  return `${head}${pages.join("")}${fromStreamlit()}`;
}

function row({ key, default: value, kind, doc, flag, name, secret }: NamedOption): string {
  const shown = value === undefined ? "not set" : secret === true ? "secret" : `\`${kind.show(value)}\``;
  const long = `--${name}`;
  const short = flag === undefined ? "" : ` Flag: \`--${flag}\` for \`${long}\`.`;
  return `| \`${key}\` | ${shown} | ${cell(kind.expected)} | ${cell(doc)}${short} |`;
}

function colorsOnly(section: string, options: readonly NamedOption[]): string {
  const scheme = section.slice("theme.".length);
  return `The colours of \`[theme]\` for the ${scheme} scheme alone, which go before those: ${options.map(({ key }) => `\`${key}\``).join(", ")}.`;
}

function fromStreamlit(): string {
  const rows = Object.entries(streamlitNames)
    .filter(([name, known]) => !("ours" in known) || known.ours !== name)
    .map(([name, known]) =>
      "ours" in known ? `| \`${name}\` | \`${known.ours}\` |` : `| \`${name}\` | none: ${cell(known.why)} |`,
    );
  return `\n## Coming from Streamlit\n\nOptions of Streamlit 1.67 that are not here under the same name.\n\n| there | here |\n| --- | --- |\n${rows.join("\n")}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
