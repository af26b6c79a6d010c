import { expect, test } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { code } from "./code.server.ts";

test("takes away what a template string adds, and nothing else", () => {
  const [node] = nodesOf(() => code("\n    a {\n      b\n\n    }\n  \n"));
  expect(node?.props["text"]).toBe("a {\n  b\n\n}");
});

test("keeps tabs", () => {
  const [node] = nodesOf(() => code("all:\n\tmake"));
  expect(node?.props["text"]).toBe("all:\n\tmake");
});

test("is TypeScript, another language, or plain", () => {
  const nodes = nodesOf(() => {
    code("a");
    code("a", { language: "sql" });
    code("a", { language: null });
  });
  expect(nodes.map(({ props }) => props["language"])).toEqual(["typescript", "sql", ""]);
  expect(() => beginRun().call(() => code("a", { language: "no such thing" }))).toThrow("`language` must be");
});
