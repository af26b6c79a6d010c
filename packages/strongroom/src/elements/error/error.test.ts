import { expect, test } from "vitest";
import { nodesOf } from "../../testing/nodes-of.ts";
import { error } from "./error.server.ts";

test("shows what is given to it as text, also where it is none", () => {
  expect(nodesOf(() => error(new RangeError("too many") as unknown as string))[0]?.props["body"]).toEqual([
    { t: "p", c: ["RangeError: too many"] },
  ]);
});
