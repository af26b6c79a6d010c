import type { AnyNode, CallExpression, Program } from "acorn";
import { mayHoldPlacedCalls, placeInsertions } from "./cache-places.ts";
import { cachedFunctions } from "./cached-functions.ts";
import type { Origin } from "./connection-values.ts";
import { mayDeclarePages, pageDeclarations, type PageDeclaration } from "./page-declarations.ts";
import { PageExportError, pageModule, type PageModule } from "./page-module.ts";
import { mayHoldQueries, queryCalls, type BuiltQuery } from "./query-calls.ts";
import type { PageFile } from "./pages.ts";
import type { RefusedKind } from "./problem.ts";
import {
  decodeMappings,
  encodeMappings,
  insert,
  originalPlace,
  placeOf,
  type Segment,
} from "./source-map.ts";
import { parseModule } from "./syntax-tree.ts";
import { mayThrowOthers, throwInsertions } from "./throw-places.ts";

/** One of the author's files after its types were taken out. */
export interface AuthorSource {
  readonly file: string;
  readonly appFolder: string;
  readonly isPage: boolean;
  /** As the author wrote it. */
  readonly text: string;
  /** JavaScript, and the mappings of its source map. */
  readonly code: string;
  readonly mappings: string;
  /** The pages of the app, where this is its first script: it may declare them. */
  readonly pages?: readonly PageFile[] | undefined;
}

/** True for a helper that can be bundled as it is. */
export function isPlainModule(file: string, text: string): boolean {
  if (mayHoldPlacedCalls(text) || mayDeclarePages(text) || text.includes("import.meta")) return false;
  // An old module may hold what ours cannot read.
  return /\.c[jt]s$/.test(file) || (!mayThrowOthers(text) && !mayHoldQueries(text));
}

/** Thrown for what only we refuse; line and column, from 0, are those of the author's file. */
export class AuthorModuleError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, place: { line: number; column: number }, options?: ErrorOptions) {
    super(message, options);
    this.name = "AuthorModuleError";
    this.line = place.line;
    this.column = place.column;
  }
}

/** A module that was written anew, and where each part of it stood in the author's file. */
export interface Rewritten {
  readonly code: string;
  readonly lines: MapLines;
  readonly queries: ModuleQueries;
  /** What it says of the pages of the app. */
  readonly declared: readonly PageDeclaration[];
}

/** What a module does with connections, as far as it can be seen. */
export interface ModuleQueries {
  /** Texts that are put together from values; with `onlyIf`, only where one of those names is a connection. */
  readonly refused: readonly RefusedQuery[];
  readonly exports: ReadonlyMap<string, readonly Origin[]>;
}

/** Line and column, from 0, are those of the author's file. */
export interface RefusedQuery {
  readonly kind: RefusedKind;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly onlyIf: readonly Origin[];
}

type MapLines = readonly (readonly Segment[])[];

/**
 * Rewrites a module: cached functions and thrown values learn where they stand, queries that their text is constant; a
 * page becomes a function.
 */
export function authorModule(source: AuthorSource): Rewritten {
  const lines = decodeMappings(source.mappings);
  const program = parseModule(source.code);
  const cached = cachedFunctions(source, program);
  const places = cached.calls.flatMap((call, at) =>
    placeInsertions(call, cached.places[at] ?? "", cached.captured[at] ?? []),
  );
  const calls = queryCalls(program);
  const captured = cached.refused.map(({ at, message }) => {
    return { kind: "capture", message, ...originalOf(source.code, lines, at.start), onlyIf: [] } as const;
  });
  const { declared, statements, refused: misdeclared } = pageDeclarations(program, source.code, source.pages);
  const declaring = misdeclared.map(({ at, message }) => {
    return { kind: "page", message, ...originalOf(source.code, lines, at.start), onlyIf: [] } as const;
  });
  const refused = [...refusedOf(source, lines, calls.built), ...captured, ...declaring];
  const queries = { refused, exports: calls.exports };
  const insertions = [...places, ...throwInsertions(program), ...calls.constant.map(constantMark)];
  if (!source.isPage) return { ...insert(source.code, lines, insertions), queries, declared };
  const { head, moved, body, tail } = page(source, program);
  const placed = insert(without(body, statements), lines, insertions);
  const headLine = moved.flatMap((part) => movedSegments(source.code, lines, part));
  return { code: `${head}${placed.code}${tail}`, lines: [headLine, ...placed.lines], queries, declared };
}

/** The code with blanks where statements stood: every other character keeps its place. */
function without(code: string, statements: readonly AnyNode[]): string {
  let left = code;
  for (const { start, end } of statements)
    left = `${left.slice(0, start)};${code.slice(start + 1, end).replaceAll(/[^\n]/g, " ")}${left.slice(end)}`;
  return left;
}

/** Told to the call as its third argument: nobody's answer can stand in a text that stands in the source. */
function constantMark({ end, arguments: given }: CallExpression): { offset: number; text: string } {
  return { offset: end - 1, text: `${given.length === 1 ? ", undefined" : ""}, true` };
}

function refusedOf(
  { code }: AuthorSource,
  lines: MapLines,
  built: readonly BuiltQuery[],
): readonly RefusedQuery[] {
  return built.map(({ at, call, message, onlyIf }) => {
    const place = originalOf(code, lines, at.start);
    const [text] = call.arguments;
    if (text === undefined || (at.start >= text.start && at.end <= text.end))
      return { kind: "query", message, ...place, onlyIf };
    // The place that has to change is where it is put together; the call may be far from it.
    const used = originalOf(code, lines, call.start);
    return { kind: "query", message: `${message} It is asked in line ${used.line + 1}.`, ...place, onlyIf };
  });
}

function page({ text, code }: AuthorSource, program: Program): PageModule {
  try {
    return pageModule(code, program);
  } catch (error) {
    if (!(error instanceof PageExportError)) throw error;
    // The bundler gathers exports at the end: the author's line is found in the author's text.
    const before = text.slice(0, Math.max(0, text.search(authorExport))).split("\n");
    const line = before.length - 1;
    throw new AuthorModuleError(error.message, { line, column: 0 }, { cause: error });
  }
}

const authorExport = /^[ \t]*export\b(?!\s+(?:type|interface|declare)\b|\s*\{\s*\})/m;

/** The segments of a statement that moved to the first line. */
function movedSegments(
  code: string,
  lines: MapLines,
  part: { start: number; end: number; column: number },
): readonly Segment[] {
  const { start, end, column } = part;
  const from = placeOf(code, start);
  const to = placeOf(code, end);
  const segments: Segment[] = [];
  let lineStart = start - from.column;
  for (let line = from.line; line <= to.line; line++) {
    for (const [at, source, originalLine, originalColumn] of lines[line] ?? []) {
      const offset = lineStart + at;
      if (offset >= start && offset < end)
        segments.push([column + offset - start, source, originalLine, originalColumn]);
    }
    lineStart = code.indexOf("\n", lineStart) + 1;
  }
  return segments;
}

function originalOf(code: string, lines: MapLines, offset: number): { line: number; column: number } {
  const { line, column } = placeOf(code, offset);
  return originalPlace(lines, line, column) ?? { line: 0, column: 0 };
}

/** The module with its source map inside, as the bundler reads it. */
export function withMap({ code, lines }: Rewritten, file: string): string {
  const map = { version: 3, sources: [file], names: [], mappings: encodeMappings(lines) };
  const data = Buffer.from(JSON.stringify(map)).toString("base64");
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${data}\n`;
}

/**
 * Where something that the bundler found in a rewritten module stands in the author's text; line and column from 0.
 * Maps are coarse: the word itself is looked for from there on.
 */
export function authorPlace(
  { lines }: Rewritten,
  text: string,
  found: Found,
): { line: number; column: number } {
  const place = originalPlace(lines, found.line, found.column) ?? { line: 0, column: 0 };
  const word = found.word.replaceAll(/^["'`]|["'`]$/g, "");
  const authorLines = text.split("\n");
  for (let line = place.line; word !== "" && line < Math.min(place.line + 30, authorLines.length); line++) {
    const column = (authorLines[line] ?? "").indexOf(word, line === place.line ? place.column : 0);
    if (column >= 0) return { line, column };
  }
  return place;
}

interface Found {
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly word: string;
}
