import type { IncomingMessage } from "node:http";
import { isAllowedSite } from "./edge/fetch-metadata.ts";
import { repeatedHeader } from "./edge/header-lines.ts";
import { isOwnOrigin, siteFor, type OwnSites, type Site } from "./edge/own-origins.ts";
import { readTarget } from "./edge/request-target.ts";
import { textAnswer, type Answer } from "./http/answer.ts";
import type { Asked, Entry, Method, Policy } from "./operation.ts";
import { newViewer, viewerOf } from "./viewer-cookie.ts";

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
}

/** Lets a request in to the one operation that its path names, if that operation's policy is met in every point. */
export function judge<O extends Guarded>(
  request: IncomingMessage,
  operations: readonly O[],
  { sites, secure }: Reached,
): Judged<O> {
  const refuse = (answer: Answer, site?: Site): Judged<O> => ({
    ok: false,
    answer,
    secure: site?.secure ?? secure,
  });
  if (repeatedHeader(request.rawHeaders) !== undefined)
    return refuse(textAnswer(400, "A header stands twice."));
  const read = readTarget(request.url ?? "");
  if (!read.ok)
    return refuse(
      read.reason === "too-long"
        ? textAnswer(414, "The address is too long.")
        : textAnswer(400, "The address is malformed."),
    );
  const { path, query } = read.target;
  const operation = operations.find((candidate) => fits(candidate.path, path));
  const { localAddress: address, localPort: port } = request.socket;
  const site = siteFor(request.headers.host, sites, { address, port, secure });
  if (site === undefined && operation?.policy.host !== "any")
    return refuse(textAnswer(421, "This host is not served here."));
  if (operation === undefined) return refuse(textAnswer(404, "There is nothing here."), site);
  const known = site ?? { origin: "", secure };
  const refusal = refusalOf(request, operation.policy, known);
  if (refusal !== undefined) return refuse(refusal, site);
  const viewer =
    operation.policy.who === "anyone" ? undefined : viewerOf(request.headers.cookie, known.secure);
  if (viewer === undefined && operation.policy.who === "viewer")
    return refuse(textAnswer(403, "The app's own page must be loaded first."), site);
  const made =
    viewer === undefined && operation.policy.who === "visitor" ? newViewer(known.secure) : undefined;
  const entry = {
    asked: askedOf(request, operation.path, { path, query, site: known }),
    viewer: viewer ?? made?.viewer,
  };
  return { ok: true, operation, entry: { ...entry, setCookie: made?.setCookie } };
}

function askedOf(
  request: IncomingMessage,
  pattern: string,
  found: Pick<Asked, "path" | "query" | "site">,
): Asked {
  const { headers, method, socket } = request;
  const rest = pattern.endsWith("*") ? found.path.slice(pattern.length - 1) : "";
  return { ...found, rest, headers, isHead: method === "HEAD", address: socket.remoteAddress ?? "" };
}

function fits(pattern: string, path: string): boolean {
  if (!pattern.endsWith("/*")) return pattern === path;
  return path.length >= pattern.length && path.startsWith(pattern.slice(0, -1));
}

function refusalOf(request: IncomingMessage, policy: Policy, site: Site): Answer | undefined {
  const { headers, method } = request;
  if (!policy.methods.includes(method as Method)) {
    return textAnswer(405, "Another method was expected.", { Allow: policy.methods.join(", ") });
  }
  if (!isBodyAllowed(request, policy.maxBodyBytes)) return textAnswer(413, "A smaller body was expected.");
  if (!isAllowedSite(policy.site, headers)) return textAnswer(403, "This cannot be used from another site.");
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
