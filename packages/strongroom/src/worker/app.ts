import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { s } from "../wire/s.ts";
import { decodeText } from "../wire/schema.ts";
import { StrongroomError } from "./errors.ts";
import type { PageLink } from "./run.ts";
import type { Report } from "./services.ts";
import { textName } from "./text-name.ts";

/** What the compiler wrote: one module whose pages are functions. */
export interface CompiledApp {
  readonly pages: readonly {
    readonly path: string;
    readonly title: string;
    readonly icon: string;
    /** The page's script, top to bottom. */
    readonly run: () => unknown;
  }[];
}

/** The author's app, loaded once in this process. */
export class App {
  readonly pages: readonly PageLink[];
  readonly #bodies: ReadonlyMap<string, () => unknown>;
  readonly reportError: Report;

  constructor(compiled: CompiledApp, reportError: Report) {
    this.pages = compiled.pages.map(({ path, title, icon }) => ({ path, title, icon }));
    this.#bodies = new Map(compiled.pages.map(({ path, run }) => [path, run]));
    this.reportError = reportError;
  }

  /** The script of a page, if it is among those that the viewer may see. */
  page(path: string, seen: readonly PageLink[]): () => unknown {
    const body = seen.some((page) => page.path === path) ? this.#bodies.get(path) : undefined;
    if (body === undefined) {
      throw new StrongroomError(
        "ERR_UNKNOWN_PAGE",
        "This page is no longer part of the app; choose another in the menu.",
      );
    }
    return body;
  }
}

const versionsSchema = s.record(s.string({ maxLength: 43 }), { maxKeys: 100_000, maxKeyLength: 4_096 });
const maxVersionsChars = 50_000_000;

/** The versions of what each of an app's modules imports, as the compiler wrote them beside it. */
export function readVersions(file: string): Readonly<Record<string, string>> {
  try {
    const text = readFileSync(join(dirname(file), "versions.json"), "utf8");
    const decoded = decodeText(versionsSchema, text, maxVersionsChars);
    return decoded.ok ? decoded.value : {};
  } catch {
    return {}; // each build then has values of its own
  }
}

const textsSchema = s.array(s.string({ maxLength: 43 }), { max: 100_000 });

/** Whether a text stands in the source of an app, as the compiler wrote it beside the app; read when it is asked first. */
export function sourceTextsOf(file: string): (text: string) => boolean {
  let names: ReadonlySet<string> | undefined;
  return (text) => (names ??= readTexts(file)).has(textName(text));
}

function readTexts(file: string): ReadonlySet<string> {
  try {
    const text = readFileSync(join(dirname(file), "texts.json"), "utf8");
    const decoded = decodeText(textsSchema, text, maxVersionsChars);
    return new Set(decoded.ok ? decoded.value : []);
  } catch {
    return new Set(); // each text is then looked at
  }
}

/** Imports a compiled app. What its modules do when they load happens here, once. */
export async function loadApp(file: string, reportError: Report): Promise<App> {
  const module = (await import(pathToFileURL(file).href)) as { default: CompiledApp };
  return new App(module.default, reportError);
}
