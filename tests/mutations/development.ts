import type { Mutation } from "./mutation.ts";

const played = ["tests/identity/development.test.ts"];
const service = ["broker/http/http.test.ts"];
const provider = "gateway/auth/development/development-provider.ts";

/** What keeps the built-in provider to its author, and viewers' tokens between gateway, broker and the service they are for. */
export const developmentGuards: readonly Mutation[] = [
  {
    guard: "no gateway that others reach has the built-in provider",
    file: "gateway/auth/assemble-sign-in.ts",
    text: "if (why !== undefined)",
    becomes: "if (why === '')",
    tests: played,
  },
  {
    guard: "a start that others reach has no built-in provider",
    file: "cli/developer.ts",
    text: "if (why === undefined) return true;",
    becomes: "if (why === undefined || true) return true;",
    tests: ["cli/developer.test.ts"],
  },
  {
    guard: "a sign-in is worth nothing without its provider",
    file: "gateway/auth/login-store.ts",
    text: "return this.#options.isKnown?.(identity.provider) ?? true;",
    becomes: "return this.#options.isKnown?.(identity.provider) !== undefined || true;",
    tests: played,
  },
  {
    guard: "the built-in provider leads back to the app alone",
    file: provider,
    text: `query.get("redirect_uri") === this.auth.redirectUri.href &&`,
    becomes: "",
    tests: played,
  },
  {
    guard: "the built-in provider takes its own forms alone",
    file: provider,
    text: "if (headers.origin !== this.#origin)",
    becomes: "if (false)",
    tests: played,
  },
  {
    guard: "the built-in provider has one name",
    file: provider,
    text: "if (`http://${headers.host}` !== this.#origin)",
    becomes: "if (false)",
    tests: played,
  },
  {
    guard: "the built-in provider gives tokens to the gateway alone",
    file: provider,
    text: `isSame(body.get("client_secret") ?? "", this.#secret)`,
    becomes: `isSame("", "")`,
    tests: played,
  },
  {
    guard: "the built-in provider's codes are of one attempt",
    file: "gateway/auth/development/grants.ts",
    text: "if (!isSame(challenge, grant.challenge)) return undefined;",
    becomes: "",
    tests: played,
  },
  {
    guard: "a service is asked as the viewer with a token only",
    file: "broker/http/http.ts",
    text: "if (bearer === undefined)",
    becomes: "if (false)",
    tests: service,
  },
  {
    guard: "a viewer's token does not meet other credentials",
    file: "broker/http/http.ts",
    text: `if (Object.hasOwn(headers, "authorization"))`,
    becomes: "if (false)",
    tests: service,
  },
  {
    guard: "a viewer's token is hidden in answers",
    file: "broker/broker.ts",
    text: "masks.push(this.#viewers.of(decoded.value.bearer));",
    becomes: "this.#viewers.of(decoded.value.bearer);",
    tests: service,
  },
];
