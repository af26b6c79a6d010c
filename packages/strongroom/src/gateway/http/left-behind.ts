import { leftTab, pageCookie, tabCookie } from "../../wire/page-cookies.ts";
import { cookieName, readCookie, writeCookie } from "../edge/cookies.ts";
import type { Asked, AskedByVisitor } from "../operation.ts";
import type { Services } from "../services.ts";
import type { Tab } from "../sessions/tab.ts";
import { isToken } from "../tokens.ts";

/** A tab that is refreshed closes its socket at about the time when it asks for the page: on another line, maybe later. */
const closingMs = 1_000;
const closingStepMs = 10;

/** Names the session of the document that was sent last, until that can speak for itself. */
const servedCookie = "strongroom-served";
/** A document runs its first script within this time, and the browser knows that it wants to hear of leaving. */
const arrivingSeconds = 20;
/** What browsers ask for a page with when its viewer refreshes it, and at no other time. */
const refreshing = /(?:^|[\s,])(?:max-age=0|no-cache)(?:$|[\s,])/;

/**
 * The token of a tab that was here a moment ago, at the address that is asked for: it came with the request, and no other
 * tab holds its session. To be asked before anything else is waited for: a page that is still there after a second takes
 * its session up again.
 */
export async function leftBehind({ sessions }: Services, asked: AskedByVisitor): Promise<string | undefined> {
  const token = asked.setCookie === undefined ? tokenOf(asked) : undefined;
  if (token === undefined) return undefined;
  const session = await sessions.find(token, asked.viewer);
  if (session === undefined) return undefined;
  await sessions.whileRefreshed(token, () => closed(session.tab));
  return session.tab.isHeard ? undefined : token;
}

async function closed(tab: Pick<Tab, "isHeard">): Promise<void> {
  for (let waited = 0; tab.isHeard && waited < closingMs; waited += closingStepMs)
    await new Promise((resolve) => setTimeout(resolve, closingStepMs));
}

/**
 * The `Set-Cookie` line by which a document is known that is refreshed before its own script runs. Only a refresh is heard
 * by it: another tab that is opened at that moment is somebody else.
 */
export function servedLine(token: string, asked: Asked): string {
  const name = cookieName(servedCookie, asked.site);
  const spec = { name, sameSite: "Lax", httpOnly: true, maxAgeSeconds: arrivingSeconds } as const;
  return writeCookie(spec, leftAt(token, asked), asked.site);
}

function tokenOf(asked: Asked): string | undefined {
  const { headers, site } = asked;
  const names = [pageCookie(tabCookie, site.base)];
  if (refreshing.test(headers["cache-control"] ?? "")) names.push(cookieName(servedCookie, site));
  for (const name of names) {
    const left = readCookie(headers.cookie, name);
    const token = left?.split(".")[0];
    if (isToken(token) && left === leftAt(token, asked)) return token;
  }
  return undefined;
}

function leftAt(token: string, { path, query }: Asked): string {
  return leftTab(token, { page: path.slice(1), query: new URLSearchParams(query).toString() });
}
