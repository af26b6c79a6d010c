import { isLoopback } from "../../../config/access.ts";
import { connectionsOf, isPublic, placeOfConnection, type CheckedApp } from "../app.ts";
import type { Rule } from "../finding.ts";

/** Somebody has said who may open the app. */
export const access: Rule = {
  id: "CHK-ACCESS",
  severity: "warning",
  holds: "An `[access]` section says who may open the app.",
  why: "Without it the app starts on this machine only; where others reach it, nobody has decided who may come in.",
  find: (app) => {
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
  },
};

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
