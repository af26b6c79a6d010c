import type { Mutation } from "./mutation.ts";

const handovers = "gateway/auth/handovers.ts";
const attacks = ["tests/identity/handover-attacks.test.ts"];
const inBrowser = {
  tests: ["tests/identity/frame.test.ts"],
  only: "no frame of the app has opened",
  isBuilt: true,
} as const;

/** What keeps a sign-in in a window from becoming anybody else's than the frame's that opened it. */
export const frameGuards: readonly Mutation[] = [
  {
    guard: "a window that no frame has claimed begins nothing",
    file: handovers,
    text: "if (open?.frame === undefined || open.window !== window) return undefined;",
    becomes:
      "if (open === undefined || open.window !== window) return undefined;\n    open.frame ??= { viewer: window, framed: false };",
    tests: attacks,
  },
  {
    guard: "a window that was sent to somebody else does not begin for them",
    file: handovers,
    text: "|| open.window !== window",
    becomes: "",
    tests: attacks,
  },
  {
    guard: "a window is claimed once",
    file: handovers,
    text: "if (open === undefined || open.frame !== undefined) return false;",
    becomes: "if (open === undefined) return false;",
    tests: attacks,
  },
  {
    guard: "a frame gets only what was signed in for it",
    file: handovers,
    text: "return handed?.viewer === viewer ? handed.setCookie : undefined;",
    becomes: "return handed?.setCookie;",
    tests: attacks,
  },
  {
    guard: "nobody learns that somebody else's window is done",
    file: handovers,
    text: "return value !== undefined && read(value, handedSchema)?.viewer === viewer;",
    becomes: "return value !== undefined && viewer !== '';",
    tests: attacks,
  },
  {
    guard: "what came of a window waits for a minute only",
    file: handovers,
    text: "const handedSeconds = 60;",
    becomes: "const handedSeconds = 86_400;",
    tests: attacks,
  },
  {
    guard: "a window that cannot begin for a frame begins for nobody",
    file: "gateway/auth/auth-operations.ts",
    text: `if (token !== undefined && !handover) return signInProblemPage(400, "expired", asked.site);`,
    becomes: "",
    tests: attacks,
  },
  {
    guard: "a window keeps nothing of the sign-in that it did for a frame",
    file: "gateway/auth/sign-in.ts",
    text: "cookies: handover === undefined ? [setCookie, ...cleared] : cleared",
    becomes: "cookies: [setCookie, ...cleared]",
    tests: attacks,
  },
  {
    guard: "no page of another site opens the window in which somebody signs in",
    file: "gateway/auth/window-operations.ts",
    text: `site: "resource",`,
    becomes: `site: "document",`,
    tests: attacks,
  },
  {
    guard: "the window in which somebody signs in stands in no frame",
    file: "gateway/http/security-headers.ts",
    text: "const place = isWindow ? { ...given, embedders: [] } : given;",
    becomes: "const place = given;",
    tests: attacks,
  },
  {
    guard: "a frame hears of no window but the one that it has opened",
    file: "browser/sign-in-window.ts",
    text: "if (source !== opened || origin !== location.origin) return;",
    becomes: "void source; void origin;",
    ...inBrowser,
  },
  {
    guard: "the buttons of a window wait until it is claimed",
    file: "gateway/http/sign-in-window-page.ts",
    text: "<fieldset disabled data-handover",
    becomes: "<fieldset data-handover",
    ...inBrowser,
  },
  {
    guard: "a cookie that a page writes over TLS is never sent without",
    file: "browser/page-cookie.ts",
    text: '${isSecure ? "; Secure" : ""}',
    becomes: "",
    ...inBrowser,
    only: "over TLS",
  },
];
