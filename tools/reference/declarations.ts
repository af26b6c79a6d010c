import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** One declaration of a file of types, without comments. */
export interface Declaration {
  /** Path of the file, from the folder of all types, without its ending. */
  readonly file: string;
  readonly name: string;
  readonly text: string;
}

interface TypesFile {
  /** Texts by name; overloads stand together. */
  readonly own: ReadonlyMap<string, string>;
  /** What other names stand for: a name of another file, or all of it (`*`). */
  readonly elsewhere: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
}

const declaring =
  /^(?:export )?(?:declare )?(?:abstract )?(function|class|interface|type|const|namespace) ([\w$]+)/;
const importing = /^(?:import|export) (?:type )?(?:\{([^}]*)\}|\* as (\w+)) from "([^"]+)";/;

/** Reads files of types that the compiler wrote, each once. */
export class Declarations {
  readonly #folder: string;
  readonly #files = new Map<string, TypesFile>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The names that a file exports. */
  exportsOf(file: string): readonly string[] {
    const text = this.#text(file);
    const own = [...text.matchAll(/^export (?:declare )?(?:abstract )?\w+ ([\w$]+)/gm)];
    const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)];
    const named = lists.flatMap(([, list = ""]) => namesOf(list).map(([, name]) => name));
    const declared = own.map(([, name = ""]) => name).filter((name) => this.#read(file).own.has(name));
    return [...new Set([...declared, ...named])].sort();
  }

  /** A declaration, wherever it stands. */
  find(file: string, name: string): Declaration | undefined {
    const { own, elsewhere } = this.#read(file);
    const text = own.get(name);
    if (text !== undefined) return { file, name, text };
    const other = elsewhere.get(name);
    return other === undefined || other.name === "*" ? undefined : this.find(other.file, other.name);
  }

  /** The declarations of ours that a text names. */
  namedIn({ file, name: self, text }: Declaration): readonly Declaration[] {
    const { elsewhere } = this.#read(file);
    const found = new Map<string, Declaration>();
    const add = (from: string, name: string): void => {
      const declaration = this.find(from, name);
      if (declaration !== undefined) found.set(`${declaration.file}#${declaration.name}`, declaration);
    };
    const withoutTexts = text.replaceAll(/"(?:[^"\\]|\\.)*"(?!\))/g, '""');
    for (const [, path = "", name = ""] of text.matchAll(/import\("([^"]+)"\)\.(\w+)/g))
      add(this.#resolve(file, path), name);
    for (const [, first = "", member] of withoutTexts.matchAll(
      /(?<![.\w$])([A-Za-z_$][\w$]*)(?:\.([\w$]+))?/g,
    )) {
      const other = elsewhere.get(first);
      if (other?.name === "*" && member !== undefined) add(other.file, member);
      else if (first !== self) add(file, first);
    }
    return [...found.values()];
  }

  #text(file: string): string {
    return readFileSync(join(this.#folder, `${file}.d.ts`), "utf8").replaceAll(/\/\*[^]*?\*\//g, "");
  }

  #resolve(file: string, path: string): string {
    return relative(this.#folder, join(this.#folder, dirname(file), path)).replace(/\.tsx?$/, "");
  }

  #read(file: string): TypesFile {
    let known = this.#files.get(file);
    if (known === undefined) this.#files.set(file, (known = this.#parse(file)));
    return known;
  }

  #parse(file: string): TypesFile {
    const own = new Map<string, string>();
    const elsewhere = new Map<string, { file: string; name: string }>();
    for (const statement of statementsOf(this.#text(file))) {
      const [, list, all, path = ""] = importing.exec(statement) ?? [];
      if (path.startsWith(".")) {
        const from = this.#resolve(file, path);
        if (all !== undefined) elsewhere.set(all, { file: from, name: "*" });
        for (const [name, local] of namesOf(list ?? "")) elsewhere.set(local, { file: from, name });
        continue;
      }
      const [, kind, name] = declaring.exec(statement) ?? [];
      // What the contracts of elements are is no part of what authors call.
      if (name === undefined || kind === "namespace") continue;
      const before = own.get(name);
      own.set(name, before === undefined ? statement : `${before}\n${statement}`);
    }
    return { own, elsewhere };
  }
}

/** `a, type B as C` → what each is called there and here. */
function namesOf(list: string): readonly (readonly [string, string])[] {
  return list
    .split(",")
    .map((part) => part.trim().replace(/^type /, ""))
    .filter((part) => part !== "")
    .map((part) => {
      const [name = "", local = name] = part.split(/ as /);
      return [name, local] as const;
    });
}

/** A statement begins at the margin and goes on as long as lines are set in or close what was open. */
function statementsOf(text: string): readonly string[] {
  const statements: string[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    if (/^[\s})\]|&]/.test(line)) statements[statements.length - 1] += `\n${line}`;
    else statements.push(line);
  }
  return statements;
}
