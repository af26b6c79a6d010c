import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, sep } from "node:path";
import { isLoopback } from "../../config/access.ts";
import { loadConfig, type LoadedConfig } from "../../config/load.ts";
import type { Config } from "../../config/options.ts";
import { ConfigProblem } from "../../config/problem.ts";
import { readTomlFile, type TomlFile } from "../../config/toml-file.ts";
import { secretFiles, secretSources, type SecretSource } from "../../secrets/sources.ts";
import { compile, stopCompiler, type Compiled } from "../../worker/compile/compile.ts";
import { doors } from "../../worker/compile/doors.ts";
import type { Problem } from "../../worker/compile/problem.ts";
import type { AppTarget } from "../app-target.ts";
import type { FlagValues } from "../config-flags.ts";
import { readFolder, type AppFile } from "./files.ts";
import type { Place } from "./finding.ts";

/** What is asked of a check. */
export interface CheckOrder {
  readonly target: AppTarget;
  readonly home: string;
  readonly flags: FlagValues;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** So long npm may ask its registry about faults of packages, in milliseconds; at 0 nothing is asked of any other machine. */
  readonly auditMs: number;
}

/** An app as it was read, once, for all rules. */
export interface CheckedApp extends CheckOrder {
  readonly folder: string;
  readonly files: readonly AppFile[];
  /** Links that lead out of the folder, from there. */
  readonly linksOut: readonly string[];
  /** Nothing where it cannot be read; `problems` says why. */
  readonly loaded: LoadedConfig | undefined;
  readonly secrets: readonly SecretSource[];
  /** Those that are not sealed. */
  readonly openSecrets: readonly TomlFile[];
  /** Why configuration or secrets cannot be read. */
  readonly problems: readonly string[];
  /** Why the app does not compile. */
  readonly compiled: readonly Problem[];
  /** The paths of the app's pages; nothing where it does not compile. */
  readonly pages: readonly string[] | undefined;
}

/** Reads an app without changing anything in it. */
export async function readApp(order: CheckOrder): Promise<CheckedApp> {
  const { folder } = order.target;
  const compiling = compileAside(order.target);
  const problems: string[] = [];
  const { home, flags, environment } = order;
  const loaded = attempt(problems, () => loadConfig({ appFolder: folder, home, environment, flags }));
  const places = { appFolder: folder, home, files: loaded?.config.secrets.files ?? [] };
  const secrets = attempt(problems, () => secretSources(places)) ?? [];
  const paths = secrets.length === 0 ? [] : secretFiles(places);
  const openSecrets = paths.flatMap((path) => attempt(problems, () => readTomlFile(path)) ?? []);
  const { files, linksOut } = readFolder(folder);
  const { problems: compiled, build } = await compiling;
  const pages = build.ok ? build.pages.map(({ path }) => path) : undefined;
  return { ...order, folder, files, linksOut, loaded, secrets, openSecrets, problems, compiled, pages };
}

/** The app's build goes where nobody starts it from. */
async function compileAside({ folder, script }: AppTarget): Promise<Compiled> {
  const stateFolder = mkdtempSync(join(tmpdir(), "strongroom-check-"));
  try {
    return await compile({ appFolder: folder, script, stateFolder, doors });
  } finally {
    await stopCompiler();
    rmSync(stateFolder, { recursive: true, force: true });
  }
}

function attempt<T>(problems: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    problems.push(error.message);
    return undefined;
  }
}

/** True where other machines reach the app, by itself or through a proxy. */
export function isPublic({ server }: Config): boolean {
  return !isLoopback(server.host) || server.allowedOrigins.length > 0;
}

/** The place that a text such as `/app/.strongroom/config.toml:12` names; nothing for a variable or a flag. */
export function placeIn(folder: string, text: string | undefined): Place {
  const [, path, line] = /^(\/.*?|[A-Za-z]:\\.*?):(\d+)(?![\d.])/.exec(text ?? "") ?? [];
  if (path === undefined) return {};
  return { file: shortPath(folder, path), line: Number(line) };
}

/** A path as it is told: from the app's folder where it lies in there. */
export function shortPath(folder: string, path: string): string {
  const short = relative(folder, path);
  return short.startsWith("..") || isAbsolute(short) ? path : short.replaceAll(sep, "/");
}

/** The connections of the configuration and of what is not sealed: each with the files that hold a part of it. */
export function connectionsOf({
  loaded,
  openSecrets,
}: CheckedApp): readonly { readonly name: string; readonly values: Readonly<Record<string, unknown>> }[] {
  const all: Record<string, Record<string, unknown>> = {};
  const sections = [
    loaded?.config.connections ?? {},
    ...openSecrets.map(({ values }) => tableOf(values["connections"])),
  ];
  for (const section of sections)
    for (const [name, values] of Object.entries(section)) all[name] = { ...all[name], ...tableOf(values) };
  return Object.entries(all).map(([name, values]) => ({ name, values }));
}

/** A section of TOML, empty for all else. */
export function tableOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Where a key of a connection stands. */
export function placeOfConnection({ folder, openSecrets }: CheckedApp, ...keys: readonly string[]): Place {
  const config = [join(folder, ".strongroom", "config.toml"), join(folder, ".streamlit", "config.toml")];
  const files = [...openSecrets, ...config.flatMap((path) => readTomlFile(path) ?? [])];
  for (const file of files) {
    const place = placeIn(folder, file.placeOf("connections", ...keys));
    if (place.line !== undefined) return place;
  }
  return {};
}

/** What is wrong, and what to do about it, where one text says both. */
export function parted(text: string): { readonly problem: string; readonly fix: string } {
  const [, problem = text, fix = ""] = /^([\s\S]*?\.)\s+(?=[A-Z\n])([\s\S]+)$/.exec(text.trim()) ?? [];
  return { problem, fix: fix.trim() };
}
