import type { IncomingMessage } from "node:http";
import type { Identity } from "./auth/identity.ts";
import { clientAddress, type TrustedProxies } from "./edge/client-address.ts";
import { isAllowedSite } from "./edge/fetch-metadata.ts";
import { repeatedHeader } from "./edge/header-lines.ts";
import { isOwnOrigin, isSecureSomewhere, siteFor, type OwnSites, type Site } from "./edge/own-origins.ts";
import { readTarget, type RequestTarget } from "./edge/request-target.ts";
import { textAnswer, type Answer } from "./http/answer.ts";
import type { Asked, Entry, Method, Policy, ReachedSite } from "./operation.ts";
import { isFramed, newViewer } from "./viewer-cookie.ts";
import type { Asking, WhoAsks } from "./auth/who-asks.ts";

/** An operation, as far as the gate must know it. */
interface Guarded {
  readonly path: string;
  readonly policy: Policy;
}

export type Judged<O> =
  | { readonly ok: true; readonly operation: O; readonly entry: Entry }
  | { readonly ok: false; readonly answer: Answer; readonly secure: boolean };

/** How the gateway itself is reached. */
export interface Reached {
  readonly sites: OwnSites;
  /** TLS ends in this process. */
  readonly secure: boolean;
  /** The path below which the app lives: "/team/app", or nothing. */
  readonly base: string;
  /** The origins whose pages may show the app in a frame. */
  readonly embedders: readonly string[];
  readonly proxies: TrustedProxies;
  readonly whoAsks: WhoAsks;
  /** May somebody be in the app at all? */
  readonly mayEnter: (identity: Identity | undefined) => boolean;
}

/** Lets a request in to the one operation that its path names, if that operation's policy is met in every point. */
export function judge<O extends Guarded>(
  request: IncomingMessage,
  operations: readonly O[],
  reached: Reached,
): Judged<O> | Promise<Judged<O>> {
  const secure = isSecureSomewhere(reached.sites);
  if (repeatedHeader(request.rawHeaders) !== undefined)
    return { ok: false, answer: textAnswer(400, "A header stands twice."), secure };
  const { localAddress: address, localPort: port } = request.socket;
  const found = siteFor(request.headers.host, reached.sites, { address, port, secure: reached.secure });
  const read = readTarget(request.url ?? "");
  if (!read.ok) return { ok: false, answer: targetAnswer(read.reason), secure: found?.secure ?? secure };
  const path = below(read.target.path, reached.base);
  const operation = operations.find((candidate) => path !== undefined && fits(candidate.path, path));
  if (found === undefined && operation?.policy.host !== "any")
    return { ok: false, answer: textAnswer(421, "This host is not served here."), secure };
  const site = reachedSite(request, found ?? { origin: "", secure }, reached);
  if (operation === undefined || path === undefined)
    return { ok: false, answer: notBelow(read.target, reached.base), secure: site.secure };
  const answer = refusalOf(request, operation.policy, { site, isEmbeddable: reached.embedders.length > 0 });
  if (answer !== undefined) return { ok: false, answer, secure: site.secure };
  return admit(request, operation, { found: { ...read.target, path, site }, reached });
}

/** The path as the operations know it; nothing where it does not lead below the base. */
function below(path: string, base: string): string | undefined {
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
}

/** Whoever leaves out the slash at the end of the base means the first page: from there alone its links lead right. */
function notBelow({ path, query }: RequestTarget, base: string): Answer {
  if (path !== base) return textAnswer(404, "There is nothing here.");
  const to = query === "" ? `${base}/` : `${base}/?${query}`;
  return textAnswer(308, "The page is one slash further.", { Location: to });
}

function reachedSite({ headers }: IncomingMessage, site: Site, { base, embedders }: Reached): ReachedSite {
  const place = { ...site, base };
  // Without TLS no browser keeps a cookie for a frame of another site.
  return { ...place, framed: site.secure && embedders.length > 0 && isFramed(headers, place) };
}

type Found = Pick<Asked, "path" | "query" | "site">;

interface Admitting {
  readonly found: Found;
  readonly reached: Reached;
}

/** Asks who it is, which only now matters. */
function admit<O extends Guarded>(
  request: IncomingMessage,
  operation: O,
  at: Admitting,
): Judged<O> | Promise<Judged<O>> {
  if (operation.policy.who === "anyone") return admitAs(request, operation, { ...at, asking: undefined });
  const asking = at.reached.whoAsks(request.headers.cookie, at.found.site);
  return asking instanceof Promise
    ? asking.then((one) => admitAs(request, operation, { ...at, asking: one }))
    : admitAs(request, operation, { ...at, asking });
}

function admitAs<O extends Guarded>(
  request: IncomingMessage,
  operation: O,
  { found, reached: { mayEnter, proxies }, asking }: Admitting & { readonly asking: Asking | undefined },
): Judged<O> {
  const { site } = found;
  const { secure } = site;
  const { who } = operation.policy;
  const viewer = asking?.viewer;
  if (viewer === undefined && who === "viewer")
    return { ok: false, answer: textAnswer(403, "The app's own page must be loaded first."), secure };
  if (operation.policy.access === "app" && !mayEnter(asking?.identity))
    return { ok: false, answer: textAnswer(403, "Who may open the app was expected."), secure };
  const made = viewer === undefined && who === "visitor" ? newViewer(site) : undefined;
  return {
    ok: true,
    operation,
    entry: {
      asked: {
        ...askedOf(request, operation.path, found),
        address: addressOf(request, proxies),
        identity: asking?.identity,
      },
      viewer: viewer ?? made?.viewer,
      setCookie: made?.setCookie,
      body: request,
    },
  };
}

/** The address of whoever asks, as far as it can be known. */
export function addressOf(
  { headers, socket }: Pick<IncomingMessage, "headers" | "socket">,
  proxies: TrustedProxies,
): string {
  return clientAddress(socket.remoteAddress, headers["x-forwarded-for"], proxies);
}

function askedOf(
  request: IncomingMessage,
  pattern: string,
  found: Found,
): Omit<Asked, "identity" | "address"> {
  const { headers, method } = request;
  const rest = pattern.endsWith("*") ? found.path.slice(pattern.length - 1) : "";
  return { ...found, rest, headers, isHead: method === "HEAD" };
}

function fits(pattern: string, path: string): boolean {
  if (!pattern.endsWith("/*")) return pattern === path;
  return path.length >= pattern.length && path.startsWith(pattern.slice(0, -1));
}

function refusalOf(
  request: IncomingMessage,
  policy: Policy,
  { site, isEmbeddable }: { site: Site; isEmbeddable: boolean },
): Answer | undefined {
  const { headers, method } = request;
  if (!policy.methods.includes(method as Method)) {
    return textAnswer(405, "Another method was expected.", { Allow: policy.methods.join(", ") });
  }
  if (!isBodyAllowed(request, policy.maxBodyBytes)) {
    const most = policy.maxBodyBytes;
    return textAnswer(
      413,
      `A body of known length was expected, at most ${most.toLocaleString("en")} bytes.`,
    );
  }
  if (!isAllowedSite(policy.site, headers, isEmbeddable))
    return textAnswer(403, "This cannot be used from another site.");
  if (policy.origin === "exact" && !isOwnOrigin(headers.origin, site))
    return textAnswer(403, "This can be used from the app's own page only.");
  return undefined;
}

/** A body must say how long it is: what comes in pieces could go on without end. */
function isBodyAllowed({ headers }: IncomingMessage, maxBytes: number): boolean {
  if (headers["transfer-encoding"] !== undefined) return false;
  const length = headers["content-length"];
  return length === undefined || (/^\d{1,15}$/.test(length) && Number(length) <= maxBytes);
}

function targetAnswer(reason: "too-long" | "malformed"): Answer {
  return reason === "too-long"
    ? textAnswer(414, "The address is too long.")
    : textAnswer(400, "The address is malformed.");
}
