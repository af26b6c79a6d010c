import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { writeEmoji } from "./emoji.ts";

test("names every emoji by each of its names", () => {
  const folder = mkdtempSync(join(tmpdir(), "emoji-"));
  try {
    writeEmoji(folder);
    const names = JSON.parse(readFileSync(join(folder, "dist", "emoji.json"), "utf8")) as Record<
      string,
      string
    >;
    assert.equal(names["tada"], "🎉");
    assert.equal(names["+1"], names["thumbsup"]);
    assert.ok(Object.keys(names).length > 1_500);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
