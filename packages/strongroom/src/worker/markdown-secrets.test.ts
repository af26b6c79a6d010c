import { afterAll, beforeAll, expect, test } from "vitest";
import { Mask } from "../secrets/mask.ts";
import { blocksOf, hideInMarkdown, inline } from "./markdown.ts";

const secrets = [
  "p*4Kd_9!x*Qz7",
  "T`r0ub`4dor&3",
  "ab_cd_ef:smile:gh$x^2$",
  "k<b>9[a](b)-x7",
  "~~pa5s~~w0rd~~",
];

beforeAll(() => {
  const mask = new Mask(secrets);
  hideInMarkdown((text) => mask.text(text));
});
afterAll(() => hideInMarkdown((text) => text));

test.each(secrets)("a secret that Markdown would cut up is hidden before: %s", (secret) => {
  expect(inline(`Login failed with ${secret}`)).toBe("Login failed with •••");
  expect(inline(`**${secret}**`)).toEqual([{ t: "strong", c: ["•••"] }]);
  expect(blocksOf(`# ${secret}`)).toMatchObject([{ t: "h", c: ["•••"] }]);
  expect(blocksOf(`- a\n- ${secret}`)).toMatchObject([{ items: [{}, { c: [{ c: ["•••"] }] }] }]);
});
