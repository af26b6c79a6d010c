import { join } from "node:path";
import type { WrittenSql } from "../wire/connection-settings.ts";
import { SettingsError } from "./errors.ts";
import { isBelow, pathInside } from "./paths.ts";

/** Where a database in a file is. Paths are absolute here. */
export interface FileTarget {
  /** Nothing for a database in memory. */
  readonly path: string | undefined;
  /** A file of SQL from which a database that does not exist is made. */
  readonly seed: string | undefined;
  /** Folders whose files may be read beside the database. */
  readonly files: readonly string[];
}

/** Folders of ours: a query that may read them reads every secret. */
const closedFolders = [".strongroom", ".streamlit"];

export function fileTarget(
  engine: "sqlite" | "duckdb",
  { name, appFolder }: { readonly name: string; readonly appFolder: string },
  written: WrittenSql,
): FileTarget {
  const given = written.path ?? pathOfUrl(name, written.url);
  if (given === undefined && engine === "sqlite")
    throw new SettingsError(name, "path", 'expected the database\'s file, such as "data/app.db"');
  const inside = (path: string, key: string): string => pathInside(appFolder, path, { name, key });
  return {
    path: given === undefined ? undefined : inside(given, "path"),
    seed: written.seed === undefined ? undefined : inside(written.seed, "seed"),
    files: (written.files ?? []).map((path) => openFolder(appFolder, inside(path, "files"), name)),
  };
}

function openFolder(appFolder: string, folder: string, name: string): string {
  for (const closed of closedFolders.map((each) => join(appFolder, each)))
    if (isBelow(folder, closed) || isBelow(closed, folder))
      throw new SettingsError(
        name,
        "files",
        `expected folders such as "data"; one that holds ${closedFolders.join(" or ")} shows every secret to queries`,
      );
  return folder;
}

/** `sqlite:data/app.db`, or as others write it, `sqlite:///data/app.db`. */
function pathOfUrl(name: string, url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const path = /^(?:sqlite|duckdb):(?:\/\/)?(.*)$/.exec(url)?.[1];
  if (path === undefined || path.includes("?"))
    throw new SettingsError(name, "url", 'expected "sqlite:data/app.db" or "duckdb:data/app.duckdb"');
  return path === "" || path === "/:memory:" || path === ":memory:" ? undefined : path;
}
