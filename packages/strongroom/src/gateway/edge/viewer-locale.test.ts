import { expect, test } from "vitest";
import { viewerLocale } from "./viewer-locale.ts";

test.each([
  ["de-CH,de;q=0.9,en;q=0.8", "de-CH"],
  ["en-GB", "en-GB"],
  [" fr ;q=0.5", "fr"],
  ["zh-Hant-TW", "zh-Hant-TW"],
  ["*", "en"],
  ["xx-notalanguage-really-long-tag-that-goes-on", "en"],
  ["<script>", "en"],
  ["de_CH", "en"],
  ["en-u-ca-buddhist-nu-thai-x-y", "en"],
  ["", "en"],
  [undefined, "en"],
  ["de,".repeat(1_000), "en"],
])("%j is answered in %s", (header, locale) => {
  expect(viewerLocale(header)).toBe(locale);
});
