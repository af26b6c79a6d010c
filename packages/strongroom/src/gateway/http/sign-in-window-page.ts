import type { AskedByVisitor } from "../operation.ts";
import type { Services } from "../services.ts";
import type { Answer } from "./answer.ts";
import { escapeHtml, plainPage } from "./error-page.ts";
import { homeLink, signInButtons } from "./sign-in-page.ts";

/** Where a frame lets its viewer sign in, in a window of its own. */
export const windowPath = "/_strongroom/window";

/** The script of the pages that a frame and its window show; `beside.ts` of the browser's side. */
function script({ browser }: Pick<Services, "browser">, base: string): string {
  return `<script type="module" src="${escapeHtml(`${base}/_strongroom/${browser.manifest.beside}`)}"></script>`;
}

/**
 * Asks whoever sees the window whether they want to sign in for the page that opened it. Its buttons do nothing until
 * that page has said that it is one of ours, and has claimed the window.
 */
export function signInWindowPage(services: Services, asked: AskedByVisitor, token: string): Answer {
  const { base } = asked.site;
  const provider = new URLSearchParams(asked.query).get("provider") ?? undefined;
  const buttons = signInButtons(
    services,
    { ...asked, path: "/", query: "" },
    { handover: token, only: provider },
  );
  return inWindow(
    plainPage(200, {
      title: "Sign in",
      text: `This signs you in for the app in the page <span data-inside>that has opened this window</span>, and nowhere else.`,
      link: [
        `<fieldset disabled data-handover="${escapeHtml(token)}">${buttons}</fieldset>`,
        `<div hidden data-when="alone"><p>No page of this app has opened this window, so nobody can be signed in here.</p>${homeLink(asked.site)}</div>`,
        `<noscript><p>Signing in here needs JavaScript. The app itself can be opened in a tab of its own.</p>${homeLink(asked.site)}</noscript>`,
      ].join(""),
      head: script(services, base),
      style: "fieldset{all:unset;display:block}fieldset:disabled button{opacity:.5;cursor:default}",
      isQuiet: true,
    }),
  );
}

/** The end of it: the frame has who has signed in. */
export function signedInWindowPage(services: Services, base: string): Answer {
  return inWindow(
    plainPage(200, {
      title: "You are signed in",
      text: "Go back to the page that opened this window. You can close this one.",
      link: "<div data-closes></div>",
      head: script(services, base),
      isQuiet: true,
    }),
  );
}

/** What a page in a frame shows instead of buttons that lead to a provider, which no frame can show. */
export function windowLinks(services: Services, { site }: Pick<AskedByVisitor, "site">): string {
  if (services.signIn.providers.size === 0) return "";
  const { base } = site;
  return [
    script(services, base),
    `<a class="wide" data-opens href="${base}${windowPath}" target="_blank" rel="noopener">Sign in</a>`,
    `<p hidden data-when="opened" role="status">Go on in the window that has opened. This page then follows by itself.</p>`,
    `<p hidden data-when="blocked" role="status">No window could be opened from here. Allow this page to open one, or use the app in a tab of its own.</p>`,
    `<a class="quiet wide" href="${base}/" target="_blank" rel="noopener">Open in a tab of its own</a>`,
  ].join("");
}

/** Nobody frames such a page, and it may speak with the one that opened it. */
function inWindow(answer: Answer): Answer {
  return answer.policy?.kind === "document"
    ? { ...answer, policy: { ...answer.policy, isWindow: true } }
    : answer;
}
