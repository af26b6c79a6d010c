import type { IncomingHttpHeaders } from "node:http";
import { isUnchanged, readRange } from "../edge/byte-range.ts";
import { dispositionOf } from "../edge/content-disposition.ts";
import type { Content } from "../handles.ts";
import { textAnswer, type Answer } from "./answer.ts";

/** Serves bytes of an app, whole or in part (RFC 9110, 14). A handle never names other bytes, so its end is its tag. */
export function bytesAnswer(
  handle: string,
  { bytes, mime, fileName }: Content,
  asked: IncomingHttpHeaders,
): Answer {
  const { type, disposition } = dispositionOf(mime, fileName);
  const etag = `"${handle.slice(-12)}"`;
  const headers = { "Accept-Ranges": "bytes", "Content-Disposition": disposition, ETag: etag };
  if (isUnchanged(asked["if-none-match"], etag)) return { status: 304, headers };
  const isSame = asked["if-range"] === undefined || asked["if-range"] === etag;
  const range = readRange(isSame ? asked.range : undefined, bytes.length);
  switch (range.kind) {
    case "whole":
      return { status: 200, type, body: bytes, headers };
    case "part": {
      const part = `bytes ${range.from}-${range.to}/${bytes.length}`;
      const body = bytes.subarray(range.from, range.to + 1);
      return { status: 206, type, body, headers: { ...headers, "Content-Range": part } };
    }
    case "unsatisfiable":
      return textAnswer(416, "There are fewer bytes.", { "Content-Range": `bytes */${bytes.length}` });
  }
}
