import { badOption, StrongroomError } from "../../worker/errors.ts";
import type { Offered } from "../../worker/services.ts";

type Piece = string | Uint8Array;
/** What can be downloaded: text, bytes, or either in pieces, such as a stream. */
export type DownloadContent = Piece | ArrayBuffer | Iterable<Piece> | AsyncIterable<Piece>;

/** What fits into one answer to a browser. */
const mostBytes = 60_000_000;

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
export function downloadOf(content: Piece | ArrayBuffer, { fileName, mime }: DownloadNaming): Offered {
  const isText = typeof content === "string";
  const bytes = isText ? Buffer.from(content) : new Uint8Array(content);
  const name = fileName ?? (isText ? "download.txt" : "download.bin");
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const usual = isText ? "text/plain; charset=utf-8" : "application/octet-stream";
  return { bytes, mime: mime ?? types[ending] ?? usual, fileName: name };
}

/** Puts pieces together; they come one after the other, and no more than fits. */
export async function gather(content: unknown): Promise<Piece | ArrayBuffer> {
  if (isReady(content)) return content;
  if (!isPieces(content)) throw wrongData();
  const pieces: Uint8Array[] = [];
  let size = 0;
  let isText = true;
  for await (const piece of content) {
    if (typeof piece !== "string" && !(piece instanceof Uint8Array)) throw wrongData();
    isText &&= typeof piece === "string";
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    if ((size += bytes.length) > mostBytes)
      throw new StrongroomError("ERR_TOO_LARGE", `A download has at most ${mostBytes / 1_000_000} MB.`);
    pieces.push(bytes);
  }
  const whole = Buffer.concat(pieces);
  return isText ? whole.toString() : whole;
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
