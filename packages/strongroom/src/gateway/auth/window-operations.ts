import { jsonAnswer, textAnswer, withCookies, type Answer } from "../http/answer.ts";
import { fullPage } from "../http/error-page.ts";
import { signInWindowPage, windowPath } from "../http/sign-in-window-page.ts";
import {
  forViewers,
  forVisitors,
  type AskedByViewer,
  type AskedByVisitor,
  type Operation,
  type Policy,
} from "../operation.ts";
import type { Services } from "../services.ts";
import { endBefore } from "./end-before.ts";

/** No page of another site may link here: what opens it is a frame of ours. */
const windowPolicy: Policy<"visitor"> = {
  who: "visitor",
  access: "open",
  methods: ["GET"],
  host: "ours",
  site: "resource",
  origin: "unasked",
  maxBodyBytes: 0,
};
/** The window's token is the ticket: it has 256 bits, serves once, and only our own page in this browser was told it. */
const framePolicy: Policy<"viewer"> = {
  who: "viewer",
  access: "open",
  methods: ["POST"],
  host: "ours",
  site: "action",
  origin: "exact",
  maxBodyBytes: 0,
};
const tooFast = textAnswer(429, "Too much is asked.", { "Retry-After": "1" });

/** Signing in for a frame, in a window of its own: `Handovers` says who may do what. */
export function windowOperations(services: Services): readonly Operation[] {
  return [
    forVisitors({
      name: "sign-in window",
      path: windowPath,
      policy: windowPolicy,
      answer: (asked) => windowAnswer(services, asked),
    }),
    ...frameOperations(services),
  ];
}

function frameOperations(services: Services): readonly Operation[] {
  const { signIn, viewers } = services;
  const asks =
    (answer: (token: string | undefined, asked: AskedByViewer) => Promise<Answer>) =>
    (asked: AskedByViewer): Answer | Promise<Answer> =>
      viewers.mayAct(asked.viewer, 0.1)
        ? answer(new URLSearchParams(asked.query).get("of") ?? undefined, asked)
        : tooFast;
  return [
    forViewers({
      name: "claim sign-in window",
      path: `${windowPath}/claim`,
      policy: framePolicy,
      answer: asks(async (token, { viewer, site }) =>
        (await signIn.handovers.claim(token, { viewer, framed: site.framed }))
          ? jsonAnswer({})
          : textAnswer(403, "A window that this frame has opened was expected."),
      ),
    }),
    forViewers({
      name: "ask after sign-in window",
      path: `${windowPath}/ask`,
      policy: framePolicy,
      answer: asks(async (token, { viewer }) =>
        jsonAnswer({ isDone: await signIn.handovers.isHanded(token, viewer) }),
      ),
    }),
    forViewers({
      name: "collect from sign-in window",
      path: `${windowPath}/collect`,
      policy: framePolicy,
      answer: asks((token, asked) => collect(services, token, asked)),
    }),
  ];
}

async function windowAnswer(services: Services, asked: AskedByVisitor): Promise<Answer> {
  if (!services.isEmbeddable) return textAnswer(404, "There is nothing here.");
  const refused = services.viewers.begin(asked.address);
  if (refused !== undefined) return fullPage(refused.retryAfterSeconds, false);
  const token = await services.signIn.handovers.open(asked.viewer);
  const page = signInWindowPage(services, asked, token);
  return asked.setCookie === undefined ? page : withCookies(page, [asked.setCookie]);
}

/** The frame's viewer becomes who has signed in in the window: under a name that nobody had before. */
async function collect(
  services: Services,
  token: string | undefined,
  { viewer, headers, site }: AskedByViewer,
): Promise<Answer> {
  const setCookie = await services.signIn.handovers.collect(token, viewer);
  if (setCookie === undefined) return textAnswer(403, "Who has signed in for this frame was expected.");
  await endBefore(services, headers.cookie, site);
  return withCookies(jsonAnswer({}), [setCookie]);
}
