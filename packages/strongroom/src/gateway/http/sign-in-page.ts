import type { SignInProblem } from "../auth/sign-in.ts";
import { ownPath } from "../auth/own-path.ts";
import { defaultProvider, developmentProvider } from "../auth/settings.ts";
import type { AskedByVisitor } from "../operation.ts";
import type { Services } from "../services.ts";
import type { Answer } from "./answer.ts";
import { escapeHtml, plainPage } from "./error-page.ts";

const home = `<a href="/">To the start</a>`;

/** One button for each provider; none where there is no sign-in. */
export function signInButtons({ formTickets, signIn }: Services, asked: AskedByVisitor): string {
  // What is no address of a page is not said again.
  const to = ownPath(asked.query === "" ? asked.path : `${asked.path}?${asked.query}`);
  return [...signIn.providers.keys()]
    .map((provider) => {
      const isOnly = provider === defaultProvider || provider === developmentProvider;
      const words = isOnly ? "Sign in" : `Sign in with ${titleOf(provider)}`;
      return form("login", words, { provider, to, ticket: formTickets.issue(asked.viewer) });
    })
    .join("");
}

/** For whoever has signed in as somebody else than was meant. */
export function signOutButton({ formTickets }: Services, { viewer }: AskedByVisitor): string {
  return form("logout", "Sign in as somebody else", { ticket: formTickets.issue(viewer) });
}

function form(act: "login" | "logout", words: string, query: Readonly<Record<string, string>>): string {
  const action = escapeHtml(`/_strongroom/${act}?${new URLSearchParams(query).toString()}`);
  return `<form method="post" action="${action}"><button>${escapeHtml(words)}</button></form>`;
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
  refused: {
    title: "The sign-in did not succeed",
    text: "What came back was not what was expected, so nobody was signed in. Begin again; the server's log says more.",
  },
};

export function signInProblemPage(status: number, problem: SignInProblem): Answer {
  return plainPage(status, { ...problems[problem], link: home });
}

function titleOf(name: string): string {
  return name
    .split("-")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(" ");
}
