import { expect, test } from "vitest";
import { st } from "../../st.ts";
import { openPage } from "../../testing/testing.ts";

test("answers what was recorded, and nothing before", async () => {
  const seen: unknown[] = [];
  await using page = await openPage(() => void seen.push(st.audioInput("Record")?.size));
  await page.upload("Record", [{ name: "recording", bytes: "abc" }]);
  expect(page.errors).toEqual([]);
  expect(seen).toEqual([undefined, 3]);
});
