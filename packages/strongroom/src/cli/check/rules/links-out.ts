import type { Rule } from "../finding.ts";

/** Nothing in the app's folder leads out of it. */
export const linksOut: Rule = {
  id: "CHK-LINK-OUT",
  severity: "warning",
  holds: "No link in the app's folder leads out of it.",
  why: "What the link leads to is read with the app, and may not be there, or be another file, where the app goes live.",
  find: ({ linksOut: links }) =>
    links.map((file) => ({
      file,
      problem: "This link leads out of the app's folder.",
      fix: "Put the file itself there, or name its folder in the settings of the connection that reads it.",
    })),
};
