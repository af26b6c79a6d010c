import { badOption, type StrongroomError } from "../../worker/errors.ts";
import { piecesOf } from "../../worker/pieces.ts";
import { currentRun, replace, Run, within } from "../../worker/run.ts";
import type { Offered, OfferedFlow } from "../../worker/services.ts";
import { emptyTree } from "../../worker/tree.ts";

type Piece = string | Uint8Array;
/** What can be downloaded: text, bytes, or either in pieces, such as a stream, which is sent as it is made. */
export type DownloadContent = Piece | ArrayBuffer | Iterable<Piece> | AsyncIterable<Piece>;

const types: Readonly<Record<string, string>> = {
  csv: "text/csv; charset=utf-8",
  html: "text/html; charset=utf-8",
  json: "application/json",
  jsonl: "application/x-ndjson",
  md: "text/markdown; charset=utf-8",
  parquet: "application/vnd.apache.parquet",
  pdf: "application/pdf",
  png: "image/png",
  txt: "text/plain; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  zip: "application/zip",
};

export interface DownloadNaming {
  /** The name under which it is saved. Default `"download"`, with an ending that fits. */
  readonly fileName?: string;
  /** Its type. Default: as its name ends, else text or bytes. */
  readonly mime?: string;
}

/** Text or bytes that are there already. */
export function isReady(content: unknown): content is Piece | ArrayBuffer {
  return typeof content === "string" || content instanceof Uint8Array || content instanceof ArrayBuffer;
}

/** What is offered to the browser. */
export function downloadOf(content: Piece | ArrayBuffer, naming: DownloadNaming): Offered {
  const isText = typeof content === "string";
  return { bytes: isText ? Buffer.from(content) : new Uint8Array(content), ...namedAs(isText, naming) };
}

function namedAs(isText: boolean, { fileName, mime }: DownloadNaming): Omit<OfferedFlow, "pieces"> {
  const name = fileName ?? (isText ? "download.txt" : "download.bin");
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const usual = isText ? "text/plain; charset=utf-8" : "application/octet-stream";
  return { mime: mime ?? types[ending] ?? usual, fileName: name };
}

/** What is made while it is sent: its first piece is there, and says whether it is text. */
export async function flowOf(content: unknown, naming: DownloadNaming): Promise<OfferedFlow> {
  if (!isPieces(content)) throw wrongData();
  let isText = true;
  const work = new Run(currentRun().session, emptyTree, new Map());
  const pieces = piecesOf(content, {
    bytesOf: (part) => {
      if (typeof part !== "string" && !(part instanceof Uint8Array)) throw wrongData();
      isText &&= typeof part === "string";
      return typeof part === "string" ? Buffer.from(part) : part;
    },
    call: (body) => within({ run: work, container: work.canvas.main }, body),
  });
  let first: Uint8Array | undefined;
  try {
    first = await pieces.next();
  } catch (error) {
    pieces.cancel();
    throw error;
  }
  return {
    ...namedAs(isText, naming),
    pieces: {
      next: () => {
        if (first === undefined) return pieces.next();
        const bytes = first;
        first = undefined;
        return Promise.resolve(bytes);
      },
      cancel: () => {
        replace(work);
        pieces.cancel();
      },
    },
  };
}

function isPieces(content: unknown): content is Iterable<unknown> | AsyncIterable<unknown> {
  return (
    typeof content === "object" &&
    content !== null &&
    (Symbol.asyncIterator in content || Symbol.iterator in content)
  );
}

export function wrongData(): StrongroomError {
  return badOption(
    "downloadButton",
    "data",
    "text, bytes, a stream of them, or a function that makes one of these when it is clicked; never a file's path",
  );
}
