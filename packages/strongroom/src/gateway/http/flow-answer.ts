import { Readable } from "node:stream";
import type { Logger } from "pino";
import type { FlowCleaner } from "../clean-flow.ts";
import { dispositionOf } from "../edge/content-disposition.ts";
import type { Flowing } from "../flowing-downloads.ts";
import type { AskedByViewer } from "../operation.ts";
import type { Services } from "../services.ts";
import { isToken } from "../tokens.ts";
import { textAnswer, type Answer } from "./answer.ts";

interface Sending {
  readonly cleaner: FlowCleaner | undefined;
  /** The most bytes that it may have. */
  readonly most: number;
  readonly log: Pick<Logger, "warn">;
}

/** A download that is made as it is sent, if the handle names one. A browser that only looks does not begin it. */
export function flowOf(
  services: Services,
  { rest, viewer, address, isHead }: AskedByViewer,
): Answer | undefined {
  const { access, audit, cleaner, handles, log, sessions } = services;
  const { flowing } = handles;
  const found = isToken(rest) ? flowing.find(rest, viewer) : undefined;
  const page = found && sessions.pageOf(found.session);
  if (found === undefined || page === undefined || !access.see(viewer, page).ok) return undefined;
  if (isHead) return textAnswer(405, "Another method was expected.", { Allow: "GET" });
  const { mime, fileName } = found;
  flowing.take(rest);
  audit.note({ kind: "download", viewer, address, detail: fileName ?? "download" });
  const most = flowing.limits.bytesPerDownload;
  return flowAnswer(found, { cleaner: cleaner.flow(mime, fileName), most, log });
}

/**
 * Serves a download while it is made: as fast as it is read, without a length. What cannot come to its end breaks the
 * connection, so that no browser takes the part for the whole.
 */
function flowAnswer(flowing: Flowing, sending: Sending): Answer {
  const { type, disposition } = dispositionOf(flowing.mime, flowing.fileName ?? "download");
  return {
    status: 200,
    type,
    stream: { content: contentOf(flowing, sending) },
    headers: { "Accept-Ranges": "none", "Content-Disposition": disposition },
  };
}

function contentOf({ flow, fileName, over }: Flowing, { cleaner, most, log }: Sending): Readable {
  let size = 0;
  const next = async (): Promise<Buffer | null> => {
    for (;;) {
      const bytes = await flow.next();
      if (bytes === undefined) return null;
      if ((size += bytes.length) > most) throw new RangeError("It is larger than limits.downloadBytes.");
      const clean = cleaner === undefined ? bytes : cleaner.take(bytes);
      if (clean.length > 0) return clean;
    }
  };
  let isLast = false;
  const read = async (content: Readable): Promise<void> => {
    try {
      const bytes = isLast ? null : await next();
      const rest = bytes === null && !isLast ? cleaner?.end() : undefined;
      isLast ||= bytes === null;
      content.push(rest === undefined || rest.length === 0 ? bytes : rest);
    } catch (error) {
      if (!content.destroyed) log.warn({ fileName, why: String(error) }, "A download broke off.");
      content.destroy(error as Error); // only errors are thrown here
    }
  };
  return new Readable({
    // Nothing is read ahead: what waits is in the worker, as long as the author's code lets it.
    highWaterMark: 1,
    read() {
      void read(this);
    },
    destroy(error, done) {
      over();
      flow.cancel();
      done(error);
    },
  });
}
