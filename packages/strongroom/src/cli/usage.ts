/** What the command line prints about itself. */

export interface Usage {
  readonly line: string;
  readonly summary: string;
  readonly details: string;
}

const anyOption = `  --section.key VALUE    any option of \`strongroom config show\`, such as --runner.workers 2`;

/** By the words that name the command. */
export const usages = {
  run: {
    line: "strongroom run [app.ts | folder] [flags]",
    summary: "show an app in the browser",
    details: `  --port N               the port to listen on; 0 takes a free one (8501)
  --host H               the address to listen on (127.0.0.1)
  --production           no watching, no details of errors; also --no-watch
${anyOption}`,
  },
  init: {
    line: "strongroom init [folder]",
    summary: "make app.ts, .strongroom/config.toml and .gitignore; what is there stays",
    details: "",
  },
  "config show": {
    line: "strongroom config show [app.ts | folder] [flags]",
    summary: "print every option, its value and where that came from",
    details: anyOption,
  },
  version: { line: "strongroom version", summary: "print the version", details: "" },
  help: { line: "strongroom help [command]", summary: "print this, or what a command takes", details: "" },
} as const satisfies Readonly<Record<string, Usage>>;

export type CommandName = keyof typeof usages;

export function overview(): string {
  const width = Math.max(...Object.values(usages).map(({ line }) => line.length));
  const lines = Object.values(usages).map(({ line, summary }) => `  ${line.padEnd(width)}  ${summary}`);
  return `Strongroom shows data apps written in TypeScript.\n\n${lines.join("\n")}`;
}

export function usageOf(name: CommandName): string {
  const { line, summary, details }: Usage = usages[name];
  return `Usage: ${line}\n\n${summary[0]?.toUpperCase() ?? ""}${summary.slice(1)}.${details === "" ? "" : `\n\n${details}`}`;
}
