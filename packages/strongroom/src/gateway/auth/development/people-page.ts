import type { Answer } from "../../http/answer.ts";
import { escapeHtml, plainPage } from "../../http/error-page.ts";
import type { Person } from "./person.ts";

const labels = {
  email: ["E-mail address", 'type="email" required autocomplete="off"'],
  name: ["Name", 'autocomplete="off"'],
  groups: ["Groups, between commas", 'autocomplete="off"'],
  roles: ["Roles, between commas", 'autocomplete="off"'],
} as const;

/** Asks who the author wants to be: somebody of before at one press, or somebody else. */
export function peoplePage(action: string, people: readonly Person[], problem?: string): Answer {
  const form = (inner: string): string =>
    `<form method="post" action="${escapeHtml(action)}">${inner}</form>`;
  const known = people.map((person) =>
    form(`${hiddenOf(person)}<button class="who">${wordsOf(person)}</button>`),
  );
  const fields = Object.entries(labels).map(
    ([name, [label, more]]) => `<label>${label}<input name="${name}" maxlength="500" ${more}></label>`,
  );
  const cancel = form('<button class="quiet" name="cancel" value="yes">Cancel</button>');
  const told = problem === undefined ? "" : `<p class="code">${problem}</p>`;
  return plainPage(problem === undefined ? 200 : 400, {
    title: "Who do you want to be?",
    text: "Nobody is asked for a password here: this sign-in is for trying an app out, on this machine only.",
    link: `${told}${known.join("")}<h2>Somebody else</h2>${form(`${fields.join("")}<button>Sign in</button>`)}${cancel}`,
    sign: "Development sign-in",
    isQuiet: true,
  });
}

function wordsOf({ email, groups, roles }: Person): string {
  const names = [...groups, ...roles];
  return `<b>${escapeHtml(email)}</b>${names.length === 0 ? "" : ` <small>${escapeHtml(names.join(", "))}</small>`}`;
}

function hiddenOf({ email, name = "", groups, roles }: Person): string {
  const fields = { email, name, groups: groups.join(", "), roles: roles.join(", ") };
  return Object.entries(fields)
    .map(([field, value]) => `<input type="hidden" name="${field}" value="${escapeHtml(value)}">`)
    .join("");
}
