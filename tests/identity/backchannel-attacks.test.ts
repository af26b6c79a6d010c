import { expect, test } from "vitest";
import { gatewayDefaults, type GatewayLimits } from "../../packages/strongroom/src/gateway/options.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";
import { logoutToken, tell } from "./logout-token.ts";
import { clientId, clientSecret } from "./provider.ts";

const known = ".well-known/openid-configuration";

/** The app knows two providers of one origin, with one client id. */
async function twoRealms(): Promise<AppWithSignIn> {
  const section = (issuer: string) => ({
    b: { client_id: clientId, client_secret: clientSecret, server_metadata_url: `${issuer}/b/${known}` },
  });
  const app = await AppWithSignIn.start({ section });
  const { issuer, lies } = app.provider;
  lies.set(`/b/${known}`, () => ({ issuer: `${issuer}/b`, jwks_uri: `${issuer}/jwks` }));
  return app;
}

test("of two realms of one server with one client id, each says who is out", async () => {
  await using app = await twoRealms();
  const { issuer } = app.provider;
  expect(await tell(app, logoutToken(app))).toBe(200);
  expect(await tell(app, logoutToken(app, { iss: `${issuer}/b` }))).toBe(200);
  expect(await tell(app, logoutToken(app, { iss: `${issuer}/c` }))).toBe(400);
});

test("a realm that is gone does not keep another from saying who is out", async () => {
  await using app = await twoRealms();
  const { issuer, lies } = app.provider;
  lies.set(`/${known}`, () => ({}));
  expect(await tell(app, logoutToken(app, { iss: `${issuer}/b` }))).toBe(200);
});

test("a flood of new sessions from many addresses does not keep a provider's logout from being heard", async () => {
  const limits: GatewayLimits = { ...gatewayDefaults.limits, newSessionsPerSecond: 2 };
  const now = Date.now();
  const gateway = { limits, now: () => now, trustedProxies: ["127.0.0.1"] };
  await using app = await AppWithSignIn.start({ gateway });
  const ask = async (from: string): Promise<number> =>
    (await app.visitor().go(`${app.origin}/`, { headers: { "x-forwarded-for": from } })).status;
  const answers: number[] = [];
  for (let at = 1; at <= 12; at++) answers.push(await ask(`203.0.113.${at}`));
  expect(answers.at(-1)).toBe(503);
  expect(await tell(app, logoutToken(app))).toBe(200);
});
