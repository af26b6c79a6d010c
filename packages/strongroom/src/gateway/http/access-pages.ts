import type { Identity } from "../auth/identity.ts";
import type { AskedByVisitor } from "../operation.ts";
import type { Services } from "../services.ts";
import type { Answer } from "./answer.ts";
import { escapeHtml, plainPage } from "./error-page.ts";
import { personOf } from "./played-by.ts";
import { homeLink, ownSignInsLink, signInButtons, signOutButton } from "./sign-in-page.ts";
import { windowLinks } from "./sign-in-window-page.ts";

/** Nothing of the app, for who may not open it: whatever was asked for, a page or none. */
export function barredPage(services: Services, asked: AskedByVisitor): Answer {
  const identity = services.access.identityOf(asked.viewer);
  if (identity === undefined) {
    return plainPage(401, {
      title: "Please sign in",
      text: "This app is for people who have signed in.",
      link: waysIn(services, asked),
      isQuiet: true,
    });
  }
  const { viewer, address } = asked;
  services.audit.note({
    kind: "refused",
    viewer,
    subject: identity.subject,
    address,
    detail: "access.allow",
  });
  return plainPage(403, {
    title: "This app is not open to you",
    ...playedSign(services),
    text: `${whoIs(services, identity)}</p><p>${askWhom(services)}`,
    link:
      services.developer === undefined
        ? `${signOutButton(services, asked)}${ownSignInsLink(asked.site)}`
        : "",
  });
}

/** There is no such page, or not for this viewer: the two look the same, so that nobody learns what there is. */
export function missingPage(services: Services, asked: AskedByVisitor): Answer {
  const identity = services.access.identityOf(asked.viewer);
  const who = identity === undefined ? "" : ` ${whoIs(services, identity)}`;
  return plainPage(404, {
    title: "There is no such page",
    ...playedSign(services),
    text: `The address may be mistyped, the page may have moved, or it is not open to you.${who}`,
    link: `${homeLink(asked.site)}${identity === undefined ? waysIn(services, asked) : ""}`,
  });
}

/** No provider lets itself be shown in a frame: from there the way leads through a window of its own. */
function waysIn(services: Services, asked: AskedByVisitor): string {
  const isFramed = asked.headers["sec-fetch-dest"] === "iframe";
  return isFramed ? windowLinks(services, asked) : signInButtons(services, asked);
}

function whoIs({ developer }: Services, identity: Identity): string {
  return `You are ${developer === undefined ? "signed in as " : ""}<b>${escapeHtml(nameOf(identity))}</b>.`;
}

/** Nobody takes a refusal for one of somebody who has signed in. */
function playedSign({ developer }: Services): { readonly sign?: string } {
  if (developer === undefined) return {};
  return { sign: `Not signed in: everybody is ${escapeHtml(personOf(developer))}, by --as` };
}

function askWhom({ access }: Services): string {
  return access.contact === undefined
    ? "Ask whoever gave you the address."
    : `Ask ${escapeHtml(access.contact)}.`;
}

/** The name under which somebody knows their own account. */
export function nameOf({ claims, subject }: Identity): string {
  for (const claim of ["email", "preferred_username", "name"]) {
    const value = claims[claim];
    if (typeof value === "string" && value !== "") return value.slice(0, 200);
  }
  return subject.slice(0, 200);
}
