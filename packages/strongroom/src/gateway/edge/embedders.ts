import { GatewayError } from "../errors.ts";

/** One host by its whole name: no pattern, no path, nothing that a policy would read as more than it. */
const grammar =
  /^(?:https:\/\/[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::[0-9]{1,5})?$/;

/** The origins whose pages may show the app in a frame, as browsers write them; throws where one is anything else. */
export function embeddersOf(configured: readonly string[]): readonly string[] {
  for (const text of configured) {
    if (grammar.test(text) && URL.canParse(text) && new URL(text).origin === text) continue;
    throw new GatewayError(
      "ERR_ORIGIN",
      `embedding.allow: an origin such as "https://portal.example.com" was expected: its whole name, by https, a port only where it is not the scheme's own, no path, no pattern.`,
    );
  }
  return configured;
}
