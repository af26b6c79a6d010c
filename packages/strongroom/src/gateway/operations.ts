import {
  forAnyone,
  forSenders,
  forViewers,
  forVisitors,
  type AskedByVisitor,
  type Operation,
  type Policy,
  type UpgradeOperation,
} from "./operation.ts";
import { authOperations } from "./auth/auth-operations.ts";
import { settledFirst } from "./auth/settled-first.ts";
import type { Services } from "./services.ts";
import { textAnswer, jsonAnswer, type Answer } from "./http/answer.ts";
import { bytesAnswer } from "./http/bytes-answer.ts";
import { flowOf } from "./http/flow-answer.ts";
import { documentAnswer } from "./http/document.ts";
import { reportPath } from "./http/security-headers.ts";
import { isToken } from "./tokens.ts";
import { receiveFile, removeFile } from "./uploads/receive.ts";

const reading = { methods: ["GET", "HEAD"], host: "ours", origin: "unasked", maxBodyBytes: 0 } as const;
const acting = { host: "ours", site: "action", origin: "exact", maxBodyBytes: 0 } as const;

/** What a page may load again and again: our own code, the same for everybody. */
const assetPolicy: Policy<"anyone"> = { ...reading, who: "anyone", access: "open", site: "resource" };
/** What a viewer's page shows. */
const bytesPolicy: Policy<"viewer"> = { ...reading, who: "viewer", access: "page", site: "resource" };
const documentPolicy: Policy<"visitor"> = { ...reading, who: "visitor", access: "page", site: "document" };
const ticketPolicy: Policy<"viewer"> = { ...acting, who: "viewer", access: "app", methods: ["POST"] };
/** Of a report nothing is read: any page of ours, or none, could have written it. Browsers send it without our `Origin`. */
const reportPolicy: Policy<"anyone"> = {
  ...acting,
  who: "anyone",
  access: "open",
  methods: ["POST"],
  origin: "unasked",
  maxBodyBytes: 64_000,
};
const brokenPolicy = "A browser stopped something on a page that its content security policy does not allow.";
const healthPolicy: Policy<"anyone"> = {
  ...reading,
  who: "anyone",
  access: "open",
  host: "any",
  site: "open",
};

/** The app's own files: for who may open the app; a link to one may stand anywhere, and makes nobody a viewer. */
const staticPolicy: Policy<"visitor"> = { ...reading, who: "visitor", access: "app", site: "document" };

const notThere = textAnswer(404, "There is nothing here.");

/** All that this gateway does for HTTP requests; documents come last, since they take every other path. */
export function operations(services: Services): readonly Operation[] {
  const { assets, tickets, viewers } = services;
  const showDocument = (asked: AskedByVisitor): Promise<Answer> =>
    settledFirst(services, asked, documentAnswer);
  return [
    forAnyone({
      name: "health",
      path: "/healthz",
      policy: healthPolicy,
      answer: () => healthAnswer(services),
    }),
    forAnyone({
      name: "asset",
      path: "/_strongroom/assets/*",
      policy: assetPolicy,
      answer: async ({ rest, headers }) => {
        const asked = { accepted: headers["accept-encoding"], ifNoneMatch: headers["if-none-match"] };
        return (await assets.answer(rest, asked)) ?? notThere;
      },
    }),
    bytesOperation(services),
    forViewers({
      name: "ticket",
      path: "/_strongroom/ticket",
      policy: ticketPolicy,
      // A folder of files asks for one each: a ticket costs a tenth of what an event costs.
      answer: ({ viewer }) =>
        viewers.mayAct(viewer, 0.1)
          ? jsonAnswer({ ticket: tickets.issue(viewer) })
          : textAnswer(429, "Tickets are asked for too fast.", { "Retry-After": "1" }),
    }),
    reportOperation(services),
    ...uploadOperations(services),
    ...authOperations(services),
    staticOperation(services),
    forAnyone({ name: "nothing", path: "/_strongroom/*", policy: assetPolicy, answer: () => notThere }),
    forVisitors({ name: "first page", path: "/", policy: documentPolicy, answer: showDocument }),
    forVisitors({ name: "page", path: "/*", policy: documentPolicy, answer: showDocument }),
  ];
}

/** The one way into a socket; what may be said there has a table of its own: `socket/socket-operations.ts`. */
export function upgrades({ sockets }: Services): readonly UpgradeOperation[] {
  const policy: Policy<"viewer"> = { ...acting, who: "viewer", access: "app", methods: ["GET"] };
  return [
    {
      name: "socket",
      path: "/_strongroom/socket",
      policy,
      upgrade: (asked, upgrade) => sockets.open(asked, upgrade),
    },
  ];
}

function bytesOperation(services: Services): Operation {
  const { access, audit, cleaner, handles, sessions } = services;
  return forViewers({
    name: "bytes",
    path: "/_strongroom/bytes/*",
    policy: bytesPolicy,
    answer: async (asked) => {
      const flown = flowOf(services, asked);
      if (flown !== undefined) return flown;
      const { rest, headers, viewer, address } = asked;
      const found = isToken(rest) ? handles.find(rest, viewer) : undefined;
      const page = found && sessions.pageOf(found.session);
      if (found === undefined || page === undefined || !access.see(viewer, page).ok) return notThere;
      const content = await cleaner.clean(found);
      if (content === undefined) return notThere;
      const answer = bytesAnswer(rest, content, headers);
      const { fileName } = content;
      if (fileName !== undefined && isFirstPart(answer))
        audit.note({ kind: "download", viewer, address, detail: fileName });
      return answer;
    },
  });
}

function staticOperation({ statics }: Services): Operation {
  return forVisitors({
    name: "static file",
    path: "/app/static/*",
    policy: staticPolicy,
    answer: async (asked) => (await statics.answer(asked)) ?? notThere,
  });
}

function reportOperation({ refusals }: Services): Operation {
  return forAnyone({
    name: "policy report",
    path: reportPath,
    policy: reportPolicy,
    answer: ({ address: from }) => {
      refusals.add({ why: brokenPolicy, from, port: undefined });
      return { status: 204 };
    },
  });
}

/** A download in parts is one download. */
function isFirstPart({ status, headers }: Answer): boolean {
  return status === 200 || (status === 206 && String(headers?.["Content-Range"]).startsWith("bytes 0-"));
}

function healthAnswer({ pool, isDraining }: Services): Answer {
  if (isDraining()) return textAnswer(503, "draining");
  return pool.pages.length > 0 ? textAnswer(200, "ok") : textAnswer(503, "starting");
}

/** Files in: each with a ticket of its own, to a place that a widget of the viewer's page opened. */
function uploadOperations(services: Services): readonly Operation[] {
  return [
    forSenders({
      name: "upload",
      path: "/_strongroom/upload/*",
      policy: {
        ...acting,
        who: "viewer",
        access: "page",
        methods: ["PUT"],
        maxBodyBytes: services.maxUploadBytes,
      },
      answer: (asked, body) => receiveFile(services, asked, body),
    }),
    forViewers({
      name: "take a file back",
      path: "/_strongroom/uploaded/*",
      policy: { ...acting, who: "viewer", access: "page", methods: ["DELETE"] },
      answer: (asked) => removeFile(services, asked),
    }),
  ];
}
