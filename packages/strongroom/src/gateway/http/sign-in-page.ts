import type { SignInProblem } from "../auth/sign-in.ts";
import { ownPath } from "../auth/own-path.ts";
import { defaultProvider, developmentProvider } from "../auth/settings.ts";
import type { AskedByVisitor, ReachedSite } from "../operation.ts";
import type { Services } from "../services.ts";
import type { Answer } from "./answer.ts";
import { escapeHtml, plainPage } from "./error-page.ts";

export const ownSignInsPath = "/_strongroom/sign-ins";
/** Where somebody sees where else they are signed in. */
export function ownSignInsLink({ base }: Pick<ReachedSite, "base">, look = "quiet wide"): string {
  return `<a class="${look}" href="${base}${ownSignInsPath}">Your sign-ins</a>`;
}

/** The way to the first page. */
export function homeLink({ base }: Pick<ReachedSite, "base">): string {
  return `<a href="${base}/">To the start</a>`;
}

/** One button for each provider, or for the one that is meant; none where there is no sign-in. */
export function signInButtons(
  { formTickets, signIn }: Services,
  asked: AskedByVisitor,
  { handover, only }: { readonly handover?: string; readonly only?: string | undefined } = {},
): string {
  // What is no address of a page is not said again.
  const to = ownPath(asked.query === "" ? asked.path : `${asked.path}?${asked.query}`);
  const names = [...signIn.providers.keys()];
  const shown = only !== undefined && names.includes(only) ? [only] : names;
  return shown
    .map((provider) => {
      const isOnly = provider === defaultProvider || provider === developmentProvider;
      const words = isOnly ? "Sign in" : `Sign in with ${titleOf(provider)}`;
      const ticket = formTickets.issue(asked.viewer);
      const query = { provider, to, ticket, ...(handover === undefined ? {} : { handover }) };
      // Where there are several, none is the one that is meant.
      return actForm(asked.site, { act: "login", words, query, isQuiet: shown.length > 1 });
    })
    .join("");
}

/** For whoever has signed in as somebody else than was meant. */
export function signOutButton({ formTickets }: Services, { site, viewer }: AskedByVisitor): string {
  const query = { ticket: formTickets.issue(viewer) };
  return actForm(site, { act: "logout", words: "Sign in as somebody else", query });
}

interface ActForm {
  readonly act: "login" | "logout" | "logins/end" | "logins/end-others";
  readonly words: string;
  readonly query: Readonly<Record<string, string>>;
  /** For who does not see what it stands beside. */
  readonly label?: string;
  /** Not in the colour of what is to be done next. */
  readonly isQuiet?: boolean;
}

/** A button that asks for one act, as a page without a script does. */
export function actForm(
  { base }: Pick<ReachedSite, "base">,
  { act, words, query, label, isQuiet = false }: ActForm,
): string {
  const action = escapeHtml(`${base}/_strongroom/${act}?${new URLSearchParams(query).toString()}`);
  const spoken = label === undefined ? "" : ` aria-label="${escapeHtml(label)}"`;
  return `<form method="post" action="${action}"><button${isQuiet ? ' class="quiet"' : ""}${spoken}>${escapeHtml(words)}</button></form>`;
}

/** Leads to the provider: a form's answer may not redirect to another site (CSP `form-action`), a page may go on. */
export function goingOnPage(to: string): Answer {
  const url = escapeHtml(to);
  return plainPage(200, {
    title: "One moment",
    text: "You are taken on.",
    link: `<a href="${url}">Go on</a>`,
    head: `<meta http-equiv="refresh" content="0;url=${url}">`,
    isQuiet: true,
  });
}

const problems: Readonly<Record<SignInProblem, { readonly title: string; readonly text: string }>> = {
  "not-configured": { title: "There is no sign-in", text: "This app does not ask who you are." },
  "unknown-provider": {
    title: "There is no such way to sign in",
    text: "Begin again from the app's first page.",
  },
  unreachable: {
    title: "Sign-in cannot be reached",
    text: "The service where you sign in did not answer. Try again in a moment.",
  },
  expired: {
    title: "This sign-in has expired",
    text: "It was begun too long ago, in another browser, or was finished already. Begin again.",
  },
  cancelled: { title: "You did not sign in", text: "The sign-in was cancelled. You can begin again." },
  ended: {
    title: "This sign-in was ended",
    text: "You were signed out while you were signing in. Begin again if you want to.",
  },
  refused: {
    title: "The sign-in did not succeed",
    text: "What came back was not what was expected, so nobody was signed in. Begin again; the server's log says more.",
  },
};

export function signInProblemPage(
  status: number,
  problem: SignInProblem,
  site: Pick<ReachedSite, "base">,
): Answer {
  return plainPage(status, { ...problems[problem], link: homeLink(site) });
}

/** Names that are not written as other words are. */
const spellings: ReadonlyMap<string, string> = new Map([
  ["ad", "AD"],
  ["aws", "AWS"],
  ["github", "GitHub"],
  ["gitlab", "GitLab"],
  ["id", "ID"],
  ["linkedin", "LinkedIn"],
  ["oidc", "OIDC"],
  ["sso", "SSO"],
]);

function titleOf(name: string): string {
  return name
    .split(/[-_]/)
    .map((word) => spellings.get(word) ?? `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(" ");
}
