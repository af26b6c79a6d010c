import type { AnyNode, Program } from "acorn";
import { relative } from "node:path";
import { AppModules, type AppModule } from "./app-modules.ts";
import { Bindings } from "./bindings.ts";
import { SharedState, type SharedRead } from "./shared-state.ts";
import { decodeMappings, originalPlace, placeOf } from "./source-map.ts";
import { parseModule } from "./syntax-tree.ts";

/** A module with the way back into the author's text. */
export interface ReadModule extends AppModule {
  readonly code: string;
  readonly mappings: string;
}

/** What is said of a cached function; line and column, from 0, are those of the author's file. */
export interface SharedProblem {
  readonly file: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Reads a module; nothing where it is an old one. */
export function readModule(source: Omit<ReadModule, "program" | "bindings">): ReadModule | undefined {
  let program: Program;
  try {
    program = parseModule(source.code);
  } catch {
    return undefined;
  }
  return { ...source, program, bindings: new Bindings(program) };
}

/** What cached functions of an app read of the state that its modules share. */
export function sharedReads(
  modules: readonly ReadModule[],
  imported: ReadonlyMap<string, string>,
  appFolder: string,
): readonly SharedProblem[] {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const placeIn = ({ file }: AppModule, node: AnyNode): { line: number; column: number } => {
    const { code = "", mappings = "" } = byFile.get(file) ?? {};
    const { line, column } = placeOf(code, node.start);
    return originalPlace(decodeMappings(mappings), line, column) ?? { line: 0, column: 0 };
  };
  return new SharedState(new AppModules(modules, imported)).reads().map((read) => {
    const { changed, module, at } = read;
    const where = `${relative(appFolder, changed.module.file)}:${placeIn(changed.module, changed.node).line + 1}`;
    return { file: module.file, message: messageOf(read, where, appFolder), ...placeIn(module, at) };
  });
}

function messageOf({ name, home, at, module }: SharedRead, where: string, appFolder: string): string {
  const whose = home === undefined || home === module ? "" : ` of ${relative(appFolder, home.file)}`;
  const by = at.type !== "Identifier" || at.name === name ? "" : `, by way of \`${at.name}\``;
  return (
    `\`${name}\`${whose} is shared by all viewers and changed while the app runs (${where}), and this cached function ` +
    `reads it${by}: one viewer would get what was made for another. Pass what it needs as an argument. What is only ` +
    "remembered is kept by st.cacheData itself, a client or the like by st.cacheResource."
  );
}
