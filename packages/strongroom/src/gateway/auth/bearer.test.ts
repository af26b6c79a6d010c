import { expect, test } from "vitest";
import { bearers } from "./bearer.ts";
import type { Identity } from "./identity.ts";
import type { Tokens } from "./tokens.ts";

const alice: Identity = { issuer: "i", subject: "alice", provider: "default", claims: {}, signedInAt: 0 };
const now = 1_000_000;

/** Who has signed in, with what; `isGone` where the sign-in ends while its tokens are read. */
function bearerOf(
  tokens: Partial<Tokens> | undefined,
  given: { developer?: Identity; isGone?: boolean } = {},
) {
  const found = [tokens && alice, given.isGone === true ? undefined : tokens && alice];
  const logins = {
    find: () => found[0],
    tokensOf: async () => {
      found.shift();
      return tokens && { idToken: "eyJ", ...tokens };
    },
  };
  return bearers({ logins, developer: given.developer, now: () => now })("viewer");
}

test("the viewer's own access token is found, while it is good", async () => {
  const accessToken = "eyJ.a-b_c~d+e/f==";
  expect(await bearerOf({ accessToken })).toEqual({ ok: true, token: accessToken });
  expect(await bearerOf({ accessToken, expiresAt: now + 1 })).toEqual({ ok: true, token: accessToken });
});

test.each<[string, Partial<Tokens> | undefined, object, RegExp]>([
  ["nobody is signed in", undefined, {}, /st\.login\(\)/],
  ["the sign-in ends meanwhile", { accessToken: "canary-token" }, { isGone: true }, /Nobody is signed in/],
  ["--as names somebody", { accessToken: "canary-token" }, { developer: alice }, /--as names somebody/],
  ["the provider gave none", {}, {}, /gave no access token/],
  ["it cannot stand in a header", { accessToken: "canary token\r\nX: y" }, {}, /gave no access token/],
  ["it is too long for a header", { accessToken: "c".repeat(8_193) }, {}, /gave no access token/],
  ["it has expired", { accessToken: "canary-token", expiresAt: now }, {}, /has expired/],
])("where %s, an author reads why, and no token", async (_, tokens, given, why) => {
  const bearer = await bearerOf(tokens, given);
  expect(bearer).toEqual({ ok: false, message: expect.stringMatching(why) as string });
  expect(JSON.stringify(bearer)).not.toContain("canary");
});
