import { demand, open, type Demand } from "./standard.ts";

const logins = "packages/strongroom/src/gateway/auth/logins.test.ts";
const signIn = "tests/identity/sign-in.test.ts";
const signOut = "tests/identity/sign-out.test.ts";
const negative = "tests/identity/negative.test.ts";
const renewal = "tests/identity/renewal.test.ts";
const access = "packages/strongroom/src/gateway/access/access.test.ts";
const cookies =
  "packages/strongroom/src/gateway/edge/cookies.test.ts › every attribute stands as it should" as const;
const idToken = `${negative} › an ID token %s signs nobody in` as const;
const callback = `${negative} › a callback with %s signs nobody in, and its code goes nowhere` as const;
const logoutToken = `${signOut} › a logout that is not exactly as it must be ends nothing` as const;
const asked = `${signIn} › asks the provider with PKCE S256, state, nonce and our own address` as const;

export const sessionDemands: readonly Demand[] = [
  demand(
    "7.2.1–7.2.3",
    "A session is a random name of 256 bits that the gateway looks up; the cookie holds nothing else.",
    "F09",
    `${logins} › the cookie is a random name of fixed length, whatever the claims`,
  ),
  demand(
    "7.2.4",
    "Signing in makes a new name; the old one is worth nothing.",
    "F04",
    `${signIn} › leads back to the page it began on, with a cookie that is new and opaque`,
  ),
  demand(
    "7.3.1",
    "A sign-in that nobody uses ends.",
    "",
    `${logins} › a sign-in of which nobody makes use ends, and its listener hears of it once`,
  ),
  demand(
    "7.3.2",
    "A sign-in that is used ends, too, when its life is over.",
    "",
    `${logins} › a sign-in that is used ends all the same when its life is over`,
  ),
  demand(
    "7.4.1",
    "Signing out ends the name at once, and every open socket with it.",
    "F01 F03",
    `${signOut} › signing out ends every open tab at once, also at the provider, and the cookie is worth nothing`,
    `${access} › a sign-in that ends takes every open tab with it within a second, \${rounds} of \${rounds} times`,
  ),
  demand(
    "7.4.2",
    "Whoever loses their account loses their sign-ins.",
    "",
    `${renewal} › an account that is gone is signed out, everywhere, before its next page is shown`,
  ),
  demand(
    "7.4.5",
    "An operator ends the sign-ins of one person or of all, and so does the provider.",
    "",
    "tests/identity/logins-elsewhere.test.ts › an operator lists sign-ins without their tokens, ends them, and their open pages close",
    `${signOut} › a provider that says so ends the sign-ins of a person, once for each token`,
  ),
  demand(
    "7.5.2",
    "Viewers see and end their own sign-ins.",
    "",
    `${signOut} › a viewer sees and ends the sign-ins of their own, and no others`,
  ),
  demand(
    "7.6.1",
    "A sign-in lives no longer than the configuration allows, and follows what the provider says meanwhile.",
    "",
    `${renewal} › a role that is gone ends the pages that it opened, and leads to the refusal`,
  ),
  demand(
    "7.6.2",
    "Nobody is signed in by an address that another site leads to: a sign-in begins with an act on a page of ours.",
    "D05 D08",
    `${negative} › a callback counts once, for the browser that began, and for nobody else`,
  ),
  demand(
    "3.3.1–3.3.5",
    "Every cookie: __Host-, Secure, HttpOnly, SameSite, Path=/, no Domain.",
    "D09 F08 F10",
    cookies,
    "packages/strongroom/src/gateway/http/document.test.ts › cookies are for this host and TLS only, and browsers are told to stay with it",
  ),
];

export const providerDemands: readonly Demand[] = [
  demand(
    "10.2.1, RFC 7636",
    "Code flow alone, with PKCE S256, state and nonce of its own for each attempt.",
    "G12 G17",
    asked,
  ),
  demand(
    "10.1.2, RFC 9700 4.7",
    "State and code serve once, within ten minutes, in the browser that began.",
    "G07 G09 G11",
    `${negative} › a callback counts once, for the browser that began, and for nobody else`,
  ),
  demand(
    "10.2.2, RFC 9207",
    "The name of the provider in the answer must fit, and may not be missing where it is announced.",
    "G08",
    callback,
    `${negative} › who begins at one of several providers cannot end at another`,
  ),
  demand(
    "10.5.3",
    "Metadata of another issuer is not believed.",
    "",
    `${negative} › metadata of another issuer is not believed`,
  ),
  demand(
    "10.5.1, 10.5.4, OIDC Core 3.1.3.7",
    "Signature, issuer, audience, times, nonce and subject of an ID token are checked, and its algorithm is ours to choose.",
    "G01 G02 G03 G04 G05 G06",
    idToken,
  ),
  demand(
    "10.5.2",
    "Somebody is an issuer and a subject; an address counts where it is verified as true.",
    "G10 G14",
    "packages/strongroom/src/gateway/access/may.test.ts › an address that is verified as %j counts for nothing",
  ),
  demand(
    "3.7.2, RFC 9700 4.11",
    "After a sign-in the page is one of the app's own, whatever was asked for.",
    "G13 G16",
    `${negative} › what leads elsewhere after a sign-in leads to the first page`,
  ),
  demand(
    "10.1.1",
    "Tokens stay in the gateway and the broker; the author's code sees claims.",
    "",
    `${signIn} › tells the author's code who it is, and no token`,
    "tests/hostile/canaries.test.ts › a worker's memory has the author's secrets, and none of [auth] and [connections]",
  ),
  demand(
    "RFC 9700 4.14",
    "A refresh token that the provider exchanges is used once.",
    "",
    `${renewal} › a refresh token that rotates is used once, however many ask`,
  ),
  demand(
    "10.2.3",
    "What is asked of a provider stands in the configuration.",
    "",
    "packages/strongroom/src/gateway/auth/settings.test.ts › what is asked of a provider is Streamlit's default, and can be said otherwise",
  ),
  open(
    "10.3.1–10.3.5",
    "Demands on services that take access tokens, such as that tokens are bound to their holder.",
    "this takes none; those of viewers never leave the gateway and the broker.",
  ),
  open(
    "10.4.1–10.4.16",
    "Demands on servers that give out authorizations.",
    "this is a client; the development provider listens on loopback and is refused in production.",
  ),
];

export const logoutDemands: readonly Demand[] = [
  demand(
    "10.5.5, BCL 1.0 2.4–2.6",
    "A logout token is checked whole: kind, key, issuer, audience, age, event, subject, no nonce; each serves once.",
    "",
    logoutToken,
    `${signOut} › a provider that says so ends the sign-ins of a person, once for each token`,
  ),
  demand(
    "BCL 1.0 2.8",
    "No cookie is needed, nothing is kept by caches, and any fault is a refusal.",
    "F05",
    logoutToken,
  ),
];

export const tokenDemands: readonly Demand[] = [
  demand(
    "9.1.1–9.1.3",
    "What is not signed as we demand is not read; keys that a token brings are ignored.",
    "G01 G02 G03",
    idToken,
  ),
  demand(
    "9.2.1–9.2.4",
    "Times, kinds and audiences of tokens are checked; what is for one use serves no other.",
    "G19",
    idToken,
    logoutToken,
  ),
];

export const rightsDemands: readonly Demand[] = [
  demand(
    "8.2.1–8.2.2",
    "Each operation has a policy, and each answers each asker as written.",
    "E01 E06 E11 D08",
    "packages/strongroom/src/gateway/access/policies.test.ts › each operation answers each asker as it is written here",
  ),
  demand(
    "8.3.1",
    "Rights are asked in the gateway, before a page's code is loaded.",
    "E16 E17",
    `${access} › a page for others answers as one that does not exist, to who has signed in and to who has not`,
  ),
  demand(
    "8.3.2",
    "A change of rights acts on open tabs.",
    "F03",
    `${renewal} › a role that is gone ends the pages that it opened, and leads to the refusal`,
    `${access} › an old session of a page that was closed to its viewer is not taken up again`,
  ),
];
