import { expectedRule, readClause, type AccessRule } from "../wire/access-rule.ts";
import { either, list, word, type Kind } from "./kinds.ts";

const clause: Kind<string> = {
  expected: expectedRule,
  read: (value) => (typeof value === "string" && readClause(value) !== undefined ? value : undefined),
  show: (value) => JSON.stringify(value),
};
const clauses = list(clause);

/** Who may see something. An empty list would be nobody, and is more likely a slip. */
export const accessRule: Kind<AccessRule> = either(word("anyone", "signed-in"), {
  ...clauses,
  expected: `a list such as ["*@company.com", "group:finance"], each of it ${expectedRule}`,
  read: (value) => {
    const read = clauses.read(value);
    return read === undefined || read.length === 0 ? undefined : read;
  },
});

const maxPages = 1_000;
const pagePath = /^[a-z0-9_-]{0,100}$/i;

/** Rules by the path of a page; in a file only. */
export const accessByPage: Kind<Readonly<Record<string, AccessRule>>> = {
  expected: `a section of pages by their path, such as reports = ["group:finance"], each ${accessRule.expected}`,
  read(value) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value);
    const read = entries.map(([path, rule]) => [path, accessRule.read(rule)] as const);
    const fits = (each: (typeof read)[number]): each is readonly [string, AccessRule] =>
      each[1] !== undefined && pagePath.test(each[0]);
    if (read.length > maxPages || !read.every(fits)) return undefined;
    return Object.freeze(Object.fromEntries(read));
  },
  show: (rules) =>
    `{ ${Object.entries(rules)
      .map(([path, rule]) => `${JSON.stringify(path)} = ${accessRule.show(rule)}`)
      .join(", ")} }`,
};
