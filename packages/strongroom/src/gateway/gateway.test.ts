import { expect, test } from "vitest";
import { GatewayUnderTest } from "../../../../tests/gateway/gateway-under-test.ts";

test("a page comes drawn, its socket takes the session up, and an event is answered by one frame", async () => {
  await using under = await GatewayUnderTest.start();
  const tab = await under.open("/");
  expect(tab.boot.messages).toMatchObject([{ t: "tree", done: 0 }]);
  expect(tab.heard).toEqual([{ t: "resumed", received: 0, committed: 0 }]);
  tab.send({ values: { name: "Ada" } });
  const patch = await tab.hear("patch");
  expect(patch).toMatchObject({ done: 1, ops: [["=", "x", { text: '{"name":"Ada"} 0' }, []]] });
  await tab.hear("commit", ({ n }) => n === 1);
  expect(tab.heard.map(({ t }) => t)).toEqual(["resumed", "patch", "commit"]);
});
