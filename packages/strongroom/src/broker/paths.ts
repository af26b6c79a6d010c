import { isAbsolute, relative, resolve } from "node:path";
import { SettingsError } from "./errors.ts";

/** A path as it stands, or below the app's folder where it is relative. */
export function pathInside(
  appFolder: string,
  given: string,
  { name, key }: { readonly name: string; readonly key: string },
): string {
  const full = resolve(appFolder, given);
  if (isAbsolute(given) || isBelow(appFolder, full)) return full;
  throw new SettingsError(
    name,
    key,
    "leads out of the app's folder; write an absolute path if that is meant",
  );
}

/** True for the folder itself too. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !/^\.\.[\\/]/.test(way) && !isAbsolute(way));
}
