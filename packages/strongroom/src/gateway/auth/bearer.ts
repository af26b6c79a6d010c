import { developmentProvider } from "./settings.ts";
import type { Identity } from "./identity.ts";
import type { Logins } from "./logins.ts";
import { bearerPattern, maxBearerChars } from "../../wire/query.ts";

/** With what a service is asked as the viewer, or what an author reads instead. */
export type Bearer =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly message: string };

interface BearerParts {
  readonly logins: Pick<Logins, "find" | "tokensOf">;
  /** Whom `--as` names: nobody has signed in. */
  readonly developer: Identity | undefined;
  readonly now: () => number;
}

/** Finds a viewer's access token, as it is at the moment of asking. It goes to the broker, and to nobody else. */
export function bearers({ logins, developer, now }: BearerParts): (viewer: string) => Promise<Bearer> {
  return async (viewer) => {
    if (developer !== undefined) return refused("played");
    const tokens = await logins.tokensOf(viewer);
    // Asked again: a sign-in may end while the store is read.
    if (tokens === undefined || logins.find(viewer) === undefined) return refused("nobody");
    const { accessToken: token, expiresAt = Infinity } = tokens;
    if (token === undefined || token.length > maxBearerChars || !bearerPattern.test(token))
      return refused("none");
    return expiresAt <= now() ? refused("expired") : { ok: true, token };
  };
}

const whys = {
  nobody:
    "Nobody is signed in, so nothing can be asked as the viewer. Ask only for who is: " +
    "if (!st.user.isLoggedIn) { if (st.button('Sign in')) st.login(); st.stop(); }",
  played:
    "Nobody is signed in: --as names somebody, and gives no token that a service could check. " +
    `To try it out, sign in by the built-in provider: [auth] provider = "${developmentProvider}" in config.toml.`,
  none:
    "The provider gave no access token that a service can be asked with (a bearer token, RFC 6750). " +
    'Ask it for one: client_kwargs under [auth], such as { scope = "openid email api" }.',
  expired:
    "The viewer's access token has expired, and the provider gave no new one: sign in again. " +
    "Most providers give one without that where client_kwargs asks for the scope offline_access.",
} as const;

function refused(why: keyof typeof whys): Bearer {
  return { ok: false, message: whys[why] };
}
