import type { Mutation } from "./mutation.ts";

const tests = ["gateway/flowing-downloads.test.ts"];
const cleaner = ["gateway/clean-flow.test.ts"];
const flowing = "gateway/flowing-downloads.ts";
const answer = "gateway/http/flow-answer.ts";

/** What bounds a download that is made as it is sent, and keeps secrets out of it. */
export const flowGuards: readonly Mutation[] = [
  {
    guard: "a download that flows is its viewer's alone",
    file: flowing,
    text: "return held?.viewer === viewer ? held : undefined;",
    becomes: "return held;",
    tests,
  },
  {
    guard: "a viewer has few downloads that flow",
    file: flowing,
    text: `own >= perViewer ? "downloadsPerViewer" : `,
    becomes: "own < 0 && perViewer < 0 ? 'x' : ",
    tests,
  },
  {
    guard: "all have few downloads that flow",
    file: flowing,
    text: `this.count >= inAll ? "downloads" : undefined;`,
    becomes: "this.count < 0 && inAll < 0 ? 'x' : undefined;",
    tests,
  },
  {
    guard: "a handle that is known names nothing else",
    file: flowing,
    text: "if (full !== undefined || this.#waiting.has(handle)) return",
    becomes: "if (full !== undefined) return",
    tests,
  },
  {
    guard: "a download that flows is fetched once",
    file: answer,
    text: "flowing.take(rest);",
    becomes: "",
    tests,
  },
  {
    guard: "a download that flows is over with its session",
    file: flowing,
    text: "for (const flowing of this.#all.values()) if (flowing.session === session) stop(flowing);",
    becomes: "",
    tests,
  },
  {
    guard: "a browser that only looks begins no download",
    file: answer,
    text: `if (isHead) return textAnswer(405, "Another method was expected.", { Allow: "GET" });`,
    becomes: "void isHead;",
    tests,
  },
  {
    guard: "a download that flows has an end",
    file: answer,
    text: `if ((size += bytes.length) > most)`,
    becomes: "if ((size += bytes.length) > most && most < 0)",
    tests,
  },
  {
    guard: "what flows is searched for secrets",
    file: answer,
    text: "const clean = cleaner === undefined ? bytes : cleaner.take(bytes);",
    becomes: "const clean = bytes;",
    tests,
  },
  {
    guard: "the end of what flows is searched, and sent",
    file: answer,
    text: "const rest = bytes === null && !isLast ? cleaner?.end() : undefined;",
    becomes: "const rest = undefined as Buffer | undefined;",
    tests,
  },
  {
    guard: "a stream of bytes that are no text ends before a secret",
    file: "gateway/clean-flow.ts",
    text: "if (!this.#isText) throw new SecretInFlow();",
    becomes:
      "if (!this.#isText) { this.#held = Buffer.from(held.subarray(cut)); return held.subarray(0, cut); }",
    tests: cleaner,
  },
  {
    guard: "a secret that is cut in two is one",
    file: "gateway/clean-flow.ts",
    text: "return this.#release(this.#held.length - overlapBytes);",
    becomes: "return this.#release(this.#held.length + 0 * overlapBytes);",
    tests: cleaner,
  },
];
