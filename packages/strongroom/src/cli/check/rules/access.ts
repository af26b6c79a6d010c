import { isLoopback } from "../../../config/access.ts";
import { connectionsOf, isPublic, placeIn, placeOfConnection, type CheckedApp } from "../app.ts";
import type { Found, Rule } from "../finding.ts";

/** Somebody has said who may open the app. */
export const access: Rule = {
  id: "CHK-ACCESS",
  severity: "warning",
  holds: "An `[access]` section says who may open the app, and its rules speak of pages that there are.",
  why: "Without it the app starts on this machine only; where others reach it, nobody has decided who may come in.",
  find: (app) => [...unsaid(app), ...strayRules(app)],
};

/** Rules that keep nobody out: of a page that was renamed, or whose path is written otherwise. */
function strayRules({ folder, loaded, pages }: CheckedApp): readonly Found[] {
  if (loaded === undefined || pages === undefined) return [];
  const place = placeIn(folder, loaded.origins.get("access.pages"));
  return Object.keys(loaded.config.access.pages ?? {})
    .filter((path) => !pages.includes(path))
    .map((path) => ({
      file: ".strongroom/config.toml",
      ...place,
      severity: "error",
      problem: `[access.pages] speaks of the page "${path}", and there is none: whatever page was meant is kept from nobody by it.`,
      fix: `Write its path as the address has it (${pages.filter((one) => one !== "").join(", ") || '"" for the first page'}), or take the rule out.`,
    }));
}

function unsaid(app: CheckedApp): readonly Found[] {
  const { loaded } = app;
  if (loaded === undefined || loaded.config.access.allow !== undefined) return [];
  // With a sign-in, and on this machine only, nobody comes in unknown.
  if (hasSignIn(app) && isLoopback(loaded.config.server.host)) return [];
  return [
    {
      file: ".strongroom/config.toml",
      severity: isPublic(loaded.config) ? "error" : "warning",
      problem: "Nothing says who may open the app.",
      fix: 'Add [access] with allow = "signed-in", a list such as ["*@company.com"], or "anyone" if everybody may.',
    },
  ];
}

/** Nobody unknown changes data. */
export const openWrites: Rule = {
  id: "CHK-OPEN-WRITES",
  severity: "warning",
  holds: "A connection that may change data is not within reach of everybody.",
  why: 'With `allow = "anyone"` a mistake in the app\'s code lets strangers change what is stored.',
  find: (app) => {
    if (app.loaded?.config.access.allow !== "anyone") return [];
    return connectionsOf(app)
      .filter(({ values }) => values["write"] === true)
      .map(({ name }) => ({
        ...placeOfConnection(app, name, "write"),
        problem: `Anybody may open the app, and its connection "${name}" may change data (write = true).`,
        fix: 'Let people sign in (access.allow = "signed-in"), or take `write` out where the app only reads.',
      }));
  },
};

/** What is sealed is not opened here. */
function hasSignIn({ loaded, openSecrets }: CheckedApp): boolean {
  if (loaded?.config.auth.provider !== undefined) return true;
  return openSecrets.some(({ values }) => Object.hasOwn(values, "auth"));
}
