import { readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { root } from "../paths.ts";
import { repositoryFiles } from "./files.ts";

const codeBlock = /^```[^]*?^```/gm;
const link = /\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/g;
/** Pages that tell of our own source; guides name files of the author's. */
const aboutSource = /^(ARCHITECTURE|CONTRIBUTING|SECURITY)\.md$|^docs\/architecture\//;
const sourceName = /`([\w./-]*[\w-]\.(?:tsx?|mjs))`/g;

/** Links of documents that lead nowhere, and files that they name and nobody has. */
export function checkDocumentNames(): readonly string[] {
  const files = repositoryFiles();
  const known = new Set(files.flatMap(withFolders));
  return files
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) => {
      const text = readFileSync(join(root, path), "utf8").replace(codeBlock, "");
      const names = aboutSource.test(path) ? missingNames(text, files) : [];
      return [...deadLinks(path, text, known), ...names].map((problem) => `${path}: ${problem}`);
    });
}

function deadLinks(path: string, text: string, known: ReadonlySet<string>): readonly string[] {
  return [...text.matchAll(link)].flatMap(([, target = "", anchor]) => {
    const file = target === "" ? path : join(dirname(path), target).replace(/\/$/, "");
    if (!known.has(file)) return [`there is no ${target}`];
    if (anchor === undefined || !file.endsWith(".md")) return [];
    return anchorsOf(readFileSync(join(root, file), "utf8")).has(anchor)
      ? []
      : [`${file} has no heading #${anchor}`];
  });
}

/** The names of headings as links have them, which is how GitHub makes them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

/** A path is meant from wherever its folder stands: `http/gate.ts` is enough, and `.view.tsx` for what ends so. */
function missingNames(text: string, files: readonly string[]): readonly string[] {
  return [...text.matchAll(sourceName)].flatMap(([, name = ""]) => {
    const end = name.startsWith(".") ? name : `/${name}`;
    return authors.has(name) || files.some((file) => `/${file}`.endsWith(end)) ? [] : [`there is no ${name}`];
  });
}

/** Files of an app. */
const authors: ReadonlySet<string> = new Set(["app.ts"]);

function withFolders(path: string): readonly string[] {
  return path.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/"));
}
