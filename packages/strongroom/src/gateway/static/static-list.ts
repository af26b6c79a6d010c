import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

export interface ListLimits {
  readonly files: number;
  readonly depth: number;
}

const most: ListLimits = { files: 20_000, depth: 16 };

/** What lies in a folder: names with `/` between, and where each is. */
export interface StaticList {
  readonly files: ReadonlyMap<string, string>;
  /** There is more than is listed. */
  readonly isCut: boolean;
  readonly isThere: boolean;
}

/** Lists the files of a folder that may be served: no links, nothing whose name begins with a dot, nothing special. */
export async function listStatic(folder: string, limits: ListLimits = most): Promise<StaticList> {
  const files = new Map<string, string>();
  const itself = await lstat(folder).catch(() => undefined);
  if (itself?.isDirectory() !== true) return { files, isCut: false, isThere: false };
  let isCut = false;
  const walk = async (path: string, prefix: string, depth: number): Promise<void> => {
    // A folder that is taken away meanwhile has nothing in it.
    for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
      const { name } = entry;
      if (name.startsWith(".")) continue;
      if (files.size >= limits.files || depth > limits.depth) {
        isCut = true;
        return;
      }
      const here = join(path, name);
      if (entry.isDirectory()) await walk(here, `${prefix}${name}/`, depth + 1);
      else if (entry.isFile()) files.set(prefix + name, here);
    }
  };
  await walk(folder, "", 1);
  return { files, isCut, isThere: true };
}
