import { describe, expect, test } from "vitest";
import { isAllowedSite, type SiteRule } from "./fetch-metadata.ts";

const sites = [
  "same-origin",
  "same-site",
  "cross-site",
  "none",
  "Same-Origin",
  "junk",
  "",
  undefined,
] as const;
const modes = [
  ["navigate", "document"],
  ["navigate", "iframe"],
  ["navigate", "embed"],
  ["navigate", "object"],
  ["no-cors", "image"],
  ["no-cors", "script"],
  ["cors", "empty"],
  ["websocket", "websocket"],
  [undefined, undefined],
] as const;

/** Written by hand, so that the rule and its table can disagree. */
function expected(rule: SiteRule, site: (typeof sites)[number], dest: string | undefined): boolean {
  if (rule === "open") return true;
  if (site === undefined || site === "same-origin") return true;
  if (rule === "action") return false;
  if (site === "none") return dest === "document";
  if (rule === "document" && (site === "same-site" || site === "cross-site")) return dest === "document";
  return false;
}

describe("Fetch Metadata", () => {
  for (const rule of ["document", "resource", "action", "open"] as const) {
    for (const site of sites) {
      for (const [mode, dest] of modes) {
        const verdict = expected(rule, site, dest);
        test(`${rule}: ${site} ${mode} ${dest} is ${verdict ? "let in" : "refused"}`, () => {
          const headers = { "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest };
          expect(isAllowedSite(rule, headers)).toBe(verdict);
        });
      }
    }
  }

  test("a script of another site cannot read a resource by leaving out how it was asked for", () => {
    expect(isAllowedSite("resource", { "sec-fetch-site": "cross-site" })).toBe(false);
  });
});
