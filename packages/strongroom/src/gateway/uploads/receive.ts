import type { IncomingMessage } from "node:http";
import type { Access } from "../access/access.ts";
import type { AskedByViewer } from "../operation.ts";
import { jsonAnswer, lingerMs, textAnswer, type Answer } from "../http/answer.ts";
import type { Audit } from "../audit/audit.ts";
import type { Tickets } from "../tickets.ts";
import { isToken } from "../tokens.ts";
import type { Arrival, UploadRefusal } from "./arrival.ts";
import type { Uploads } from "./uploads.ts";

/** So long nothing may come, in ms. */
const silentMs = 30_000;

interface Parts {
  readonly uploads: Uploads;
  readonly access: Pick<Access, "see">;
  readonly maxUploadBytes: number;
  readonly sessions: { readonly pageOf: (session: string) => string | undefined };
  readonly tickets: Tickets;
  readonly audit: Audit;
}

/** Takes one file that a viewer sends; its answer names it. */
export async function receiveFile(
  parts: Parts,
  { rest: slot, viewer, address, headers }: AskedByViewer,
  body: IncomingMessage,
): Promise<Answer> {
  const { uploads, tickets, audit } = parts;
  const refuse = (why: UploadRefusal): Answer => {
    audit.note({ kind: "upload-refused", viewer, address, detail: why });
    return refused(body, answerTo(parts, slot, why));
  };
  if (!tickets.redeem(one(headers["x-strongroom-ticket"]), viewer)) return refused(body, noTicket);
  const size = Number(headers["content-length"] ?? 0);
  const name = one(headers["x-strongroom-name"]);
  const arrival = mayUse(parts, slot, viewer) ? uploads.begin(slot, viewer, { name, size }) : "gone";
  if (typeof arrival === "string") return refuse(arrival);
  try {
    const taken = (await stream(body, arrival)) ?? uploads.finish(arrival);
    if (typeof taken === "string") return refuse(taken);
    const { id: file, name: held, type, size: bytes } = taken;
    audit.note({ kind: "upload", viewer, address, detail: held });
    return jsonAnswer({ file, name: held, type, size: bytes });
  } finally {
    uploads.end(arrival);
  }
}

/** Takes a file back that the viewer sent. */
export function removeFile(parts: Parts, { rest, viewer, headers }: AskedByViewer): Answer {
  const { uploads, tickets } = parts;
  if (!tickets.redeem(one(headers["x-strongroom-ticket"]), viewer)) return noTicket;
  const [slot = "", file] = rest.split("/");
  const isThere = file !== undefined && mayUse(parts, slot, viewer) && uploads.remove(slot, file, viewer);
  return isThere ? { status: 204 } : answers.gone;
}

/** A place for files stands on a page, and is for those who may see that page now. */
function mayUse({ uploads, access, sessions }: Parts, slot: string, viewer: string): boolean {
  const place = isToken(slot) ? uploads.placeOf(slot) : undefined;
  const page = place === undefined ? undefined : sessions.pageOf(place.session);
  return page !== undefined && access.see(viewer, page).ok;
}

/** Hands each piece on as it comes; answers why not all of it was taken. */
function stream(body: IncomingMessage, arrival: Arrival): Promise<UploadRefusal | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => body.destroy(), silentMs);
    const settle = (refusal: UploadRefusal | undefined): void => {
      clearTimeout(timer);
      resolve(refusal);
    };
    body.on("data", (piece: Buffer) => {
      timer.refresh();
      const refusal = arrival.add(piece);
      if (refusal !== undefined) settle(refusal);
    });
    body.on("end", () => settle(undefined));
    body.on("error", () => settle("cut-off"));
    body.on("close", () => settle("cut-off"));
  });
}

function refused(body: IncomingMessage, answer: Answer): Answer {
  body.resume();
  if (!body.complete) setTimeout(() => body.complete || body.destroy(), lingerMs).unref();
  return answer;
}

/** What was expected, with the limits of the place that was meant. */
function answerTo({ uploads, maxUploadBytes }: Parts, slot: string, why: UploadRefusal): Answer {
  const taking = uploads.placeOf(slot)?.taking;
  if (taking === undefined) return answers[why];
  const most = Math.min(taking.maxBytes, maxUploadBytes).toLocaleString("en");
  const kinds = [...taking.accept.extensions, ...taking.accept.types].slice(0, 20).join(", ");
  if (why === "too-large") return textAnswer(413, `A smaller file was expected, of at most ${most} bytes.`);
  if (why === "type" && kinds !== "")
    return textAnswer(
      415,
      `A file of another type was expected (${kinds}): its name and its bytes must both fit.`,
    );
  return answers[why];
}

function one(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}

const noTicket = textAnswer(403, "A fresh ticket was expected.");
const answers: Readonly<Record<UploadRefusal, Answer>> = {
  gone: textAnswer(404, "No widget takes files here any more."),
  name: textAnswer(400, "The name of a file was expected, without a path."),
  type: textAnswer(415, "A file of another type was expected: its name and its bytes must both fit."),
  "too-large": textAnswer(413, "A smaller file was expected."),
  "too-many": textAnswer(429, "Fewer files were expected."),
  "no-room": textAnswer(507, "There is no room for more files: remove some."),
  "cut-off": textAnswer(400, "All of the file was expected."),
};
