import { jsonAnswer, textAnswer, withCookies, type Answer } from "../http/answer.ts";
import { goingOnPage, signInProblemPage } from "../http/sign-in-page.ts";
import {
  forAnyone,
  forCallers,
  forViewers,
  type Asked,
  type AskedByViewer,
  type Operation,
  type Policy,
} from "../operation.ts";
import type { Services } from "../services.ts";
import { signedInWindowPage } from "../http/sign-in-window-page.ts";
import { forgetViewer } from "../viewer-cookie.ts";
import { endBefore } from "./end-before.ts";
import { hasTicket, isFormOf, noTicket } from "./form-act.ts";
import { ownLoginOperations } from "./own-login-operations.ts";
import { callbackPath } from "./settings.ts";
import type { SignInProblem } from "./sign-in.ts";
import { windowOperations } from "./window-operations.ts";

const acting = { host: "ours", site: "action", origin: "exact", maxBodyBytes: 0 } as const;
const actionPolicy: Policy<"viewer"> = { ...acting, who: "viewer", access: "open", methods: ["POST"] };
/** A provider's page leads here: who may come is told by the cookie of the sign-in alone. */
const callbackPolicy: Policy<"anyone"> = {
  who: "anyone",
  access: "open",
  methods: ["GET"],
  host: "ours",
  site: "document",
  origin: "unasked",
  maxBodyBytes: 0,
};

/** Asked by a provider's server, which sends neither our cookies nor an `Origin`: its signed token says who it is. */
const backchannelPolicy: Policy<"anyone"> = {
  ...callbackPolicy,
  methods: ["POST"],
  site: "open",
  maxBodyBytes: 20_000,
};

const statuses: Readonly<Record<SignInProblem, number>> = {
  "not-configured": 404,
  "unknown-provider": 404,
  unreachable: 502,
  expired: 400,
  cancelled: 403,
  ended: 403,
  refused: 403,
};

/** Signing in and out, and what viewers may do about sign-ins of their own. */
export function authOperations(services: Services): readonly Operation[] {
  return [
    forViewers({
      name: "login",
      path: "/_strongroom/login",
      policy: actionPolicy,
      answer: (asked) => login(services, asked),
    }),
    forAnyone({
      name: "login callback",
      path: callbackPath,
      policy: callbackPolicy,
      answer: (asked) => callback(services, asked),
    }),
    forViewers({
      name: "logout",
      path: "/_strongroom/logout",
      policy: actionPolicy,
      answer: (asked) => logout(services, asked),
    }),
    forCallers({
      name: "logout by provider",
      path: "/_strongroom/backchannel-logout",
      policy: backchannelPolicy,
      answer: ({ address }, body) => logoutByProvider(services, body, address),
    }),
    ...windowOperations(services),
    ...ownLoginOperations(services),
  ];
}

async function login(services: Services, asked: AskedByViewer): Promise<Answer> {
  const isForm = isFormOf(asked);
  const wanted = new URLSearchParams(asked.query);
  if (!hasTicket(services, asked)) return isForm ? signInProblemPage(400, "expired", asked.site) : noTicket;
  const refused = services.viewers.begin(asked.address);
  if (refused !== undefined)
    return textAnswer(429, "Too many sign-ins begin.", { "Retry-After": String(refused.retryAfterSeconds) });
  const token = wanted.get("handover") ?? undefined;
  const handover = token && (await services.signIn.handovers.begin(token, asked.viewer));
  // Never for the window itself, where it was to be for a frame.
  if (token !== undefined && !handover) return signInProblemPage(400, "expired", asked.site);
  const [provider, to] = [wanted.get("provider") ?? undefined, wanted.get("to") ?? "/"];
  const begun = await services.signIn.begin({ provider, to, ...(handover && { handover }) }, asked.site);
  if (!begun.ok) {
    const status = statuses[begun.reason];
    return isForm ? signInProblemPage(status, begun.reason, asked.site) : textAnswer(status, begun.reason);
  }
  const answer = isForm ? goingOnPage(begun.to) : jsonAnswer({ to: begun.to });
  return begun.setCookie === undefined ? answer : withCookies(answer, [begun.setCookie]);
}

async function callback(
  services: Services,
  { query, site, address, headers: { cookie: cookies, "user-agent": userAgent } }: Asked,
): Promise<Answer> {
  const { audit, signIn, logins } = services;
  const finished = await signIn.finish(query, { cookies, userAgent, site });
  if (!finished.ok) {
    audit.note({ kind: "login-failed", address, detail: finished.reason });
    return withCookies(signInProblemPage(statuses[finished.reason], finished.reason, site), finished.cookies);
  }
  const { viewer } = finished;
  const identity = logins.find(viewer);
  audit.note({ kind: "login", viewer, subject: identity?.subject, address, detail: identity?.issuer });
  if (finished.to === undefined)
    return withCookies(signedInWindowPage(services, site.base), finished.cookies);
  await endBefore(services, cookies, site);
  return withCookies({ status: 303, headers: { Location: finished.to } }, finished.cookies);
}

async function logoutByProvider(
  { audit, signIn, viewers }: Services,
  body: string,
  address: string,
): Promise<Answer> {
  // Not what all may begin together: else a flood by others would keep a provider from being heard.
  if (!viewers.mayAsk(address)) return textAnswer(429, "Too much is asked.", { "Retry-After": "2" });
  const ended = await signIn.endByProvider(body);
  if (ended === undefined) {
    audit.note({ kind: "refused", address, detail: "logout by provider" });
    return textAnswer(400, "A valid logout token was expected.");
  }
  audit.note({ kind: "logout", address, detail: `by the provider: ${ended}` });
  return textAnswer(200, "");
}

async function logout(services: Services, asked: AskedByViewer): Promise<Answer> {
  if (!hasTicket(services, asked)) return noTicket;
  const { identity, viewer, site, address } = asked;
  if (identity !== undefined)
    services.audit.note({ kind: "logout", viewer, subject: identity.subject, address });
  const atProvider = identity === undefined ? undefined : await services.signIn.end(viewer, identity);
  const home = `${site.base}/`;
  const to = atProvider ?? home;
  // No frame can show a provider: there it ends here, and a page's script opens a window for the rest.
  const shown = asked.headers["sec-fetch-dest"] === "iframe" ? home : to;
  return withCookies(isFormOf(asked) ? goingOnPage(shown) : jsonAnswer({ to, home }), [forgetViewer(site)]);
}
