import { leftTab, pageCookie, tabCookie } from "../../wire/page-cookies.ts";
import { readCookie } from "../edge/cookies.ts";
import type { AskedByVisitor } from "../operation.ts";
import type { Services } from "../services.ts";
import { isToken } from "../tokens.ts";

/** A tab that is refreshed closes its socket at about the time when it asks for the page. */
const closingMs = 300;
const closingStepMs = 10;

/**
 * The token of a tab that was here a moment ago, at the address that is asked for: it came with the request, and no other
 * tab holds its session. To be asked before anything else is waited for: a page that is still there after a second takes
 * its session up again.
 */
export async function leftBehind({ sessions }: Services, asked: AskedByVisitor): Promise<string | undefined> {
  const { headers, path, query, setCookie, site, viewer } = asked;
  const left = readCookie(headers.cookie, pageCookie(tabCookie, site.base));
  const token = left?.split(".")[0];
  if (!isToken(token) || setCookie !== undefined) return undefined;
  const spelled = new URLSearchParams(query).toString();
  if (left !== leftTab(token, { page: path.slice(1), query: spelled })) return undefined;
  const session = await sessions.find(token, viewer);
  if (session === undefined) return undefined;
  for (let waited = 0; session.tab.isOpen && waited < closingMs; waited += closingStepMs) {
    await new Promise((resolve) => setTimeout(resolve, closingStepMs));
  }
  return session.tab.isOpen ? undefined : token;
}
