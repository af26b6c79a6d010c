import { expect, test } from "vitest";
import { createLog } from "./log.ts";

test("a line is JSON, one line long, and has no secret under a name that secrets have", () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => void lines.push(line) });
  log.info(
    {
      token: "s3cret",
      headers: { cookie: "s3cret", "set-cookie": ["s3cret"] },
      a: { b: { password: "s3cret" } },
      name: "x\r\n\u001b[31m",
    },
    "hello\nworld",
  );
  log.debug("not this");
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain("s3cret");
  for (const control of ["\r", "\n", "\u001b"]) expect(lines[0]?.trimEnd()).not.toContain(control);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: 30, msg: "hello\nworld", token: "(redacted)" });
});
