/** Secrets are read once, from files that only their owner can read and that no repository will publish. */
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigProblem } from "../config/problem.ts";
import { readTomlFile, type TomlFile } from "../config/toml-file.ts";
import type { Json } from "../wire/schema.ts";

/** What git would do with a file. */
export type Exposure = "none" | "tracked" | "not-ignored";

export interface SecretSources {
  readonly appFolder: string;
  readonly home: string;
  readonly exposureOf: (file: string) => Exposure;
}

type Section = Readonly<Record<string, Json>>;

/** The secrets, split by who may have them. */
export interface SecretValues {
  /** What the author reads as `st.secrets`. */
  readonly forAuthors: Section;
  /** The broker's, by connection. */
  readonly connections: Readonly<Record<string, Section>>;
  /** The gateway's. */
  readonly auth: Section;
}

/** Reads the global file, then the app's, whose entries win. */
export function readSecrets(sources: SecretSources): SecretValues {
  const all: Record<string, Json> = {};
  const connections: Record<string, Section> = {};
  for (const path of secretFiles(sources)) {
    checkExposure(path, sources);
    const file = readTomlFile(path);
    if (file === undefined) continue;
    for (const [name, value] of Object.entries(file.values)) {
      const plain = plainValue(value, file, [name]);
      if (name === "connections") Object.assign(connections, sectionsOf(plain, file));
      else all[name] = plain;
    }
  }
  const { auth = {}, ...forAuthors } = all;
  return Object.freeze({
    forAuthors: Object.freeze(forAuthors),
    connections: Object.freeze(connections),
    auth: asSection(auth),
  });
}

/** The files that are read: a `.streamlit` folder only where there is none of ours. */
export function secretFiles({ appFolder, home }: Omit<SecretSources, "exposureOf">): readonly string[] {
  return [home, appFolder].map((folder) => {
    const ours = join(folder, ".strongroom", "secrets.toml");
    const other = join(folder, ".streamlit", "secrets.toml");
    return !existsSync(ours) && existsSync(other) ? other : ours;
  });
}

function checkExposure(path: string, { exposureOf }: SecretSources): void {
  if (!existsSync(path)) return;
  if (canOthersRead(path)) {
    throw new ConfigProblem(
      `${path} can be read by every user of this machine. Close it:\n\n  chmod 600 ${quoted(path)}\n`,
    );
  }
  switch (exposureOf(path)) {
    case "tracked":
      throw new ConfigProblem(
        `${path} is tracked by git: its secrets are published with the repository. Take it out, and change the secrets that were in it:\n\n` +
          `  git -C ${quoted(dirname(path))} rm --cached secrets.toml\n  echo secrets.toml >> ${quoted(join(dirname(path), ".gitignore"))}\n`,
      );
    case "not-ignored":
      throw new ConfigProblem(
        `${path} is not ignored by git: the next commit could publish it. Ignore it:\n\n` +
          `  echo secrets.toml >> ${quoted(join(dirname(path), ".gitignore"))}\n`,
      );
    case "none":
  }
}

/** True when the file is readable for all, and so is the way to it. */
function canOthersRead(path: string): boolean {
  if (process.platform === "win32" || (statSync(path).mode & 0o004) === 0) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** For a shell, where it needs quotes. */
function quoted(path: string): string {
  return /^[\w./~@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function sectionsOf(value: Json, file: TomlFile): Readonly<Record<string, Section>> {
  const sections: Record<string, Section> = {};
  for (const [name, each] of Object.entries(asSection(value))) {
    if (!isSection(each)) {
      throw new ConfigProblem(
        `${file.placeOf("connections", name)}: expected a section [connections.${name}].`,
      );
    }
    sections[name] = each;
  }
  return sections;
}

function asSection(value: Json): Section {
  return isSection(value) ? value : {};
}

function isSection(value: Json): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** TOML's values as plain data: dates become text. */
function plainValue(value: unknown, file: TomlFile, path: readonly string[]): Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value)) return value;
      break;
    case "object":
      if (value instanceof Date) return value.toISOString();
      if (Array.isArray(value)) return value.map((item) => plainValue(item, file, path));
      if (value !== null) {
        return Object.fromEntries(
          Object.entries(value).map(([name, item]) => [name, plainValue(item, file, [...path, name])]),
        );
      }
      break;
    default:
  }
  throw new ConfigProblem(
    `${file.placeOf(...path)}: expected text, a finite number, true or false, a date, a list or a section.`,
  );
}
