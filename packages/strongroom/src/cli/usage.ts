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
  --tls                  https on this machine, with a certificate that is made for it
  --as ADDRESS           everybody is who this names, with --groups and --roles: to try an app out, on this machine
  --production           no watching, no details of errors; also --no-watch
${anyOption}`,
  },
  init: {
    line: "strongroom init [folder]",
    summary: "make app.ts, .strongroom/config.toml and .gitignore; what is there stays",
    details: "",
  },
  check: {
    line: "strongroom check [app.ts | folder] [flags]",
    summary: "look an app through before it goes live: secrets, queries, options, packages",
    details: `  --json                 the findings as JSON
  --strict               warnings count: the exit code is 1 for them, too
  --offline              do not ask npm about faults of packages
${anyOption}
  The exit code is 0 where there is no error, 1 where there is one, 2 where the app could not be looked at.
  A line allows what is found in it, or in the next one: // strongroom-allow CHK-NETWORK: why`,
  },
  attack: {
    line: "strongroom attack URL [flags]",
    summary: "attack a running app of your own on this machine, and say what got through",
    details: `  --cookie               as a viewer who has signed in: the cookie (NAME=VALUE) is asked for, or read from a pipe
  --json                 what was tried, and what got through, as JSON
  Forged answers and clicks for every widget of the page, broken frames, foreign origins, stolen tickets and sessions.
  Nothing that fits is sent: an app that keeps all of it out does not notice. The exit code is 0 where nothing got
  through, 1 where something did, 2 where the attack could not begin.`,
  },
  "audit verify": {
    line: "strongroom audit verify [folder]",
    summary: "say whether the log of security events is as the server wrote it",
    details: `  One line for each start, stop, refusal, download and act of sign-in stands in .strongroom/state/audit.
  Keep a copy of the head that is printed elsewhere: it shows whether an older log was put in the place of this one.`,
  },
  "logins list": {
    line: "strongroom logins list [app.ts | folder] [flags]",
    summary: "print who is signed in to an app: since when, last seen, by which provider; no tokens",
    details: `  --json                 the same as JSON, with issuer and subject
  When somebody was last seen is written down once a minute. An id only names a sign-in.`,
  },
  "logins end": {
    line: "strongroom logins end [app.ts | folder] --id ID | --who ADDRESS | --all",
    summary: "end sign-ins; a server that runs closes their open pages within a second",
    details: `  --id ID                one sign-in, by its id in \`strongroom logins list\` or the beginning of it
  --who ADDRESS          all of one person, by e-mail address or by the provider's name for them (subject)
  --all                  everybody's
  The audit log names who ended them and when: at once where a server runs, else when the next one starts.
  Who may still sign in at the provider can do so again: close the account there, or change [access], as well.`,
  },
  "config show": {
    line: "strongroom config show [app.ts | folder] [flags]",
    summary: "print every option, its value and where that came from",
    details: anyOption,
  },
  "secrets list": {
    line: "strongroom secrets list [folder]",
    summary: "print the names of all secrets, and where each stands; no values",
    details: "",
  },
  "secrets set": {
    line: "strongroom secrets set NAME [folder]",
    summary: "set a secret; its value is asked for, or read from a pipe",
    details: `  The value is never a word of the command: other users of this machine can read command lines, and shells keep them.
  A name in a section: mail.password. Where the secrets are sealed, they are sealed again.`,
  },
  "secrets rm": {
    line: "strongroom secrets rm NAME [folder]",
    summary: "take a secret out",
    details: "",
  },
  "secrets seal": {
    line: "strongroom secrets seal [folder] [--keep]",
    summary: "seal .strongroom/secrets.toml with age: secrets.toml.age is safe to commit",
    details: `  --keep                 leave secrets.toml where it is
  Sealed for secrets.recipients of config.toml, or for the key in .strongroom/age.key, which is made where there is none.`,
  },
  "secrets open": {
    line: "strongroom secrets open [folder]",
    summary: "open the sealed secrets for editing",
    details:
      "  With the key in .strongroom/age.key, here or at home, or in the environment as STRONGROOM_AGE_KEY.",
  },
  "secrets rotate": {
    line: "strongroom secrets rotate [folder]",
    summary: "make a new key, and seal the secrets for it",
    details: "",
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
