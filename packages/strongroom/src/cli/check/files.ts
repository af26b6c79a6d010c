import { lstatSync, readFileSync, readdirSync, realpathSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

/** A text file of the app. */
export interface AppFile {
  /** From the app's folder. */
  readonly path: string;
  readonly text: string;
}

export interface Folder {
  readonly files: readonly AppFile[];
  readonly linksOut: readonly string[];
}

/** What is not the author's, or not code: never looked into. */
const closedFolders: ReadonlySet<string> = new Set(["node_modules", ".git", "state"]);
const texts =
  /^\.(?:[cm]?[jt]sx?|json|toml|ya?ml|ini|cfg|conf|properties|sql|sh|bash|py|rb|env|txt|md|html|css|csv|tf|xml|pem|key)$/;
const named = /^(?:Dockerfile|Makefile|Procfile|\.npmrc|\.netrc|\.env.*)$/;
const maxFileBytes = 1_000_000;
const maxFiles = 5_000;
const maxBytes = 32_000_000;

/** All text files of an app, and its links that lead elsewhere. */
export function readFolder(folder: string): Folder {
  const files: AppFile[] = [];
  const linksOut: string[] = [];
  let bytes = 0;
  const visit = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      const short = relative(folder, path).replaceAll(sep, "/");
      if (entry.isSymbolicLink()) {
        if (!isInside(folder, path)) linksOut.push(short);
      } else if (entry.isDirectory()) {
        if (!closedFolders.has(entry.name)) visit(path);
      } else if (entry.isFile() && isText(entry.name) && files.length < maxFiles && bytes < maxBytes) {
        const { size } = lstatSync(path);
        if (size > maxFileBytes) continue;
        bytes += size;
        files.push({ path: short, text: readFileSync(path, "utf8") });
      }
    }
  };
  visit(folder);
  return { files, linksOut };
}

function isText(name: string): boolean {
  return texts.test(extname(name)) || named.test(name);
}

/** A link that leads nowhere leads nobody out. */
function isInside(folder: string, link: string): boolean {
  try {
    const target = realpathSync(link);
    return target === folder || target.startsWith(`${folder}${sep}`);
  } catch {
    return true;
  }
}
