import { jsonAnswer, textAnswer, type Answer } from "../http/answer.ts";
import { ownSignInsPage, staleListPage } from "../http/own-sign-ins-page.ts";
import { ownSignInsPath } from "../http/sign-in-page.ts";
import { forViewers, forVisitors, type AskedByViewer, type Operation, type Policy } from "../operation.ts";
import type { Services } from "../services.ts";
import { hasTicket, isFormOf, noTicket } from "./form-act.ts";
import { endOwnLogins, ownLogins } from "./own-logins.ts";

const reading = {
  access: "open",
  methods: ["GET"],
  host: "ours",
  origin: "unasked",
  maxBodyBytes: 0,
} as const;
const pagePolicy: Policy<"visitor"> = { ...reading, who: "visitor", site: "document" };
const listPolicy: Policy<"viewer"> = { ...reading, who: "viewer", site: "resource" };
const actionPolicy: Policy<"viewer"> = {
  who: "viewer",
  access: "open",
  methods: ["POST"],
  host: "ours",
  site: "action",
  origin: "exact",
  maxBodyBytes: 0,
};

/** What viewers may see and do about sign-ins of their own. */
export function ownLoginOperations(services: Services): readonly Operation[] {
  const { logins } = services;
  return [
    forVisitors({
      name: "own sign-ins page",
      path: ownSignInsPath,
      policy: pagePolicy,
      answer: (asked) => ownSignInsPage(services, asked),
    }),
    forViewers({
      name: "own logins",
      path: "/_strongroom/logins",
      policy: listPolicy,
      answer: ({ viewer }) => jsonAnswer({ logins: ownLogins(logins, viewer) }),
    }),
    forViewers({
      name: "end own login",
      path: "/_strongroom/logins/end",
      policy: actionPolicy,
      answer: (asked) => end(services, asked, { id: new URLSearchParams(asked.query).get("id") ?? "" }),
    }),
    forViewers({
      name: "end own other logins",
      path: "/_strongroom/logins/end-others",
      policy: actionPolicy,
      answer: (asked) => end(services, asked, "others"),
    }),
  ];
}

async function end(
  services: Services,
  asked: AskedByViewer,
  which: Parameters<typeof endOwnLogins>[2],
): Promise<Answer> {
  const isForm = isFormOf(asked);
  if (!hasTicket(services, asked)) return isForm ? staleListPage(asked.site) : noTicket;
  const { viewer, address, identity } = asked;
  const ended = await endOwnLogins(services.logins, viewer, which);
  if (ended > 0) {
    const detail = `by themselves, elsewhere: ${ended}`;
    services.audit.note({ kind: "logout", viewer, subject: identity?.subject, address, detail });
  }
  if (isForm) return { status: 303, headers: { Location: `${asked.site.base}${ownSignInsPath}` } };
  return ended > 0 || which === "others" ? jsonAnswer({}) : textAnswer(404, "There is no such sign-in.");
}
