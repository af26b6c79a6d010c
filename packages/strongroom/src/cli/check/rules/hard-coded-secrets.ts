import { basename } from "node:path";
import { isTooPlain, secretTexts } from "../../../secrets/forms.ts";
import type { Json } from "../../../wire/schema.ts";
import { tableOf, type CheckedApp } from "../app.ts";
import type { AppFile } from "../files.ts";
import type { Found, Rule } from "../finding.ts";
import { secretKinds, seemsSecret, type Writing } from "../secret-kinds.ts";

/** Files that hold secrets by right (another rule looks who can read them), and those that machines write. */
const notLookedAt =
  /^(?:\.env(?:\.(?!(?:example|sample|template|dist)$).*)?|secrets\.toml|age\.key|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock)$|\.(?:pem|key)$/;

/** No secret stands in the app's code. */
export const hardCodedSecrets: Rule = {
  id: "CHK-SECRET-IN-CODE",
  severity: "error",
  holds: "No password, key or token stands in the app's files.",
  why: "Whoever gets the files, their history or a backup has it, and it cannot be changed without a deploy.",
  find: (app) => {
    const known = knownSecrets(app);
    return app.files
      .filter(({ path }) => !notLookedAt.test(basename(path)))
      .flatMap((file) => inFile(file, known));
  },
};

/** Where texts stand without quotes; in the files of shells and in prose only as shells write them. */
const bare = /\.(?:ya?ml|ini|cfg|conf|properties)$|^(?:Dockerfile|\.npmrc|\.env.*)$/;
const shell = /\.(?:sh|bash|env|txt|md)$|^(?:Makefile|Procfile)$/;

function writingOf(name: string): Writing {
  if (bare.test(name)) return "bare";
  return shell.test(name) ? "shell" : "quoted";
}

function inFile({ path, text }: AppFile, known: readonly string[]): readonly Found[] {
  const writing = writingOf(basename(path));
  return text.split("\n").flatMap((line, at): readonly Found[] => {
    const kind = kindOf(line.trimEnd(), known, writing);
    if (kind === undefined) return [];
    return [{ file: path, line: at + 1, problem: `${kind} stands in this line.`, fix: fixFor(path) }];
  });
}

function kindOf(line: string, known: readonly string[], writing: Writing): string | undefined {
  if (line.length > 20_000) return undefined; // made by a machine
  if (known.some((secret) => line.includes(secret))) return "A value of secrets.toml";
  const kind = secretKinds.find(({ pattern }) => pattern.test(line));
  return kind?.name ?? (seemsSecret(line, writing) ? "What looks like a secret" : undefined);
}

function fixFor(path: string): string {
  const where = path.endsWith("config.toml")
    ? "A [connections] section may stand in secrets.toml as a whole"
    : "Read it as st.secrets.NAME, or let a connection use it";
  return `Change it where it is from, since it has been in a file. strongroom secrets set NAME keeps the new one. ${where}.`;
}

/** Texts of the files that are not sealed: what looks like any other word is not looked for. */
function knownSecrets({ openSecrets, loaded }: CheckedApp): readonly string[] {
  const shown = loaded?.config.secrets.shown ?? [];
  return openSecrets.flatMap(({ values }) => {
    // Dates become empty sections: none is a secret.
    const all = tableOf(values) as Readonly<Record<string, Json>>;
    return secretTexts(all)
      .filter(
        ({ name, text }) => secretName.test(name) && text.length >= 8 && !isTooPlain(text) && !isShown(name),
      )
      .map(({ text }) => text);
  });
  function isShown(name: string): boolean {
    return shown.some((one) => name === one || name.startsWith(`${one}.`));
  }
}

/** A host or a user's name stands in code by right. */
const secretName = /pass|pwd|secret|token|key|credential/i;
