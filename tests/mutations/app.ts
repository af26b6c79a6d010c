import type { Mutation } from "./mutation.ts";

const statics = ["gateway/static/static-files.test.ts"];
const schema = ["wire/schema.test.ts", "wire/messages.test.ts"];

/** What reads an app's code and files, and what crosses between processes. */
export const appGuards: readonly Mutation[] = [
  {
    guard: "a static file is reached by no link",
    file: "gateway/static/open-listed.ts",
    text: "(await realpath(path)) === path && ",
    becomes: "",
    tests: statics,
  },
  {
    guard: "a static file lies where it was listed",
    file: "gateway/static/open-listed.ts",
    text: "if (opened.isFile() && (await isStill(path, opened)))",
    becomes: "if (opened.isFile() || (await isStill(path, opened)))",
    tests: statics,
  },
  {
    guard: "a static file is not hidden",
    file: "gateway/static/static-list.ts",
    text: `if (name.startsWith(".")) continue;`,
    becomes: "",
    tests: statics,
  },
  {
    guard: "a static file that could run is text",
    file: "gateway/static/static-types.ts",
    text: "return Object.hasOwn(types, ending) ? (types[ending] ?? plain) : plain;",
    becomes: `return ending === ".html" ? "text/html" : (types[ending] ?? plain);`,
    tests: statics,
  },
  {
    guard: "no secret stands in a static file",
    file: "gateway/static/static-files.ts",
    text: "if (!mask.finds(written)) return undefined;",
    becomes: "if (written !== '') return undefined;",
    tests: statics,
  },
  {
    guard: "text of a query that is built from values does not compile",
    file: "worker/compile/compile.ts",
    text: "    const errors = module.queries.refused\n",
    becomes: "    const errors = module.queries.refused.slice(0, 0)\n",
    tests: ["worker/compile/compile-queries.test.ts"],
  },
  {
    guard: "text of a query that another file builds from values does not compile",
    file: "worker/compile/compile.ts",
    text: "...refusedAcross(work).map(",
    becomes: "...refusedAcross(work).slice(0, 0).map(",
    tests: ["worker/compile/compile-queries.test.ts"],
  },
  {
    guard: "an answer does not stand in the text of a query",
    file: "worker/viewer-text.ts",
    text: "if (!holdsAnswer(text, run) && !wordsNotOwn(text, run.outermost)) return;",
    becomes: "if (text !== null) return;",
    tests: ["worker/viewer-text.test.ts", "worker/query-text.test.ts"],
  },
  {
    guard: "an answer does not stand in the path of a request",
    file: "worker/viewer-text.ts",
    text: "if (!holdsAnswer(path, run)) return;",
    becomes: "if (path !== null) return;",
    tests: ["worker/viewer-text.test.ts", "worker/connection-http.test.ts"],
  },
  {
    guard: "a field that nobody declared is refused",
    file: "wire/schema-structures.ts",
    text: "if (field === undefined) return { at, expected: `${expected} and nothing else` };",
    becomes: "if (field === undefined) continue;",
    tests: schema,
  },
  {
    guard: "no answer names a prototype",
    file: "wire/schema-structures.ts",
    text: "    if (refusedKeys.has(key)) return Infinity;\n",
    becomes: "",
    tests: schema,
  },
  {
    guard: "no record names a prototype",
    file: "wire/schema-structures.ts",
    text: "key.length > maxKeyLength || refusedKeys.has(key)",
    becomes: "key.length > maxKeyLength",
    tests: schema,
  },
  {
    guard: "an answer is only so deep",
    file: "wire/schema-structures.ts",
    text: `if (typeof value !== "object" || depth <= 0) return Infinity;`,
    becomes: `if (typeof value !== "object" || depth <= -1_000) return Infinity;`,
    tests: schema,
  },
  {
    guard: "an answer has only so many parts",
    file: "wire/schema-structures.ts",
    text: "countNodes(value, limits.maxDepth, limits.maxNodes) <= limits.maxNodes",
    becomes: "countNodes(value, limits.maxDepth, 1e9) <= 1e9",
    tests: schema,
  },
  {
    guard: "a text that is too long is not parsed",
    file: "wire/schema.ts",
    text: "if (text.length > maxChars) return",
    becomes: "if (false) return",
    tests: schema,
  },
  {
    guard: "a server that lets itself in does not start",
    file: "gateway/self-attack/self-attack.ts",
    text: "if (told.length > 0)",
    becomes: "if (told.length > 1_000)",
    tests: ["gateway/self-attack/self-attack.test.ts"],
  },
];
