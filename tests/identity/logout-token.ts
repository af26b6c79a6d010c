import { sign } from "node:crypto";
import type { AppWithSignIn } from "./app-with-sign-in.ts";
import { clientId } from "./provider.ts";

export const event = "http://schemas.openid.net/event/backchannel-logout";

/** What a provider says when somebody is out. */
export function logoutToken(app: AppWithSignIn, change: object = {}, head: object = {}): string {
  const now = Math.floor(Date.now() / 1_000);
  const payload = {
    iss: app.provider.issuer,
    aud: clientId,
    sub: "alice",
    iat: now,
    exp: now + 60,
    jti: `${Math.random()}`,
    events: { [event]: {} },
    ...change,
  };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const said = `${part({ alg: "RS256", typ: "logout+jwt", kid: "test", ...head })}.${part(payload)}`;
  return `${said}.${sign("sha256", Buffer.from(said), app.provider.key).toString("base64url")}`;
}

/** Tells the app so; answers the status. */
export async function tell(app: AppWithSignIn, token: string): Promise<number> {
  const body = new URLSearchParams({ logout_token: token }).toString();
  return (await app.visitor().go(`${app.origin}/_strongroom/backchannel-logout`, { method: "POST", body }))
    .status;
}
