import { expect, test } from "vitest";
import { beginRun } from "../../testing/nodes-of.ts";
import { divider } from "./divider.server.ts";

test("refuses a width that is no width", () => {
  for (const width of [0, -1, 1e9, Number.NaN]) {
    expect(() => beginRun().call(() => divider({ width }))).toThrow("`width` must be");
  }
});
