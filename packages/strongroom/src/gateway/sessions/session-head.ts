import { limits } from "../../wire/limits.ts";
import { s } from "../../wire/s.ts";
import { decodeText, type Infer } from "../../wire/schema.ts";

const counter = s.number({ min: 0, max: Number.MAX_SAFE_INTEGER, integer: true });
const headSchema = s.object({
  v: s.literal(1),
  /** Hash of the viewer's cookie. */
  viewer: s.string({ maxLength: 43 }),
  page: s.string({ maxLength: limits.pathChars }),
  query: s.string({ maxLength: limits.queryChars }),
  /** Number of the tree that the last finished run left. */
  tree: counter,
  /** Last event that a run took to its end, or that is used up. */
  committed: counter,
  /** Last event with a click that was handed to a worker. */
  clicked: counter,
});
export type SessionHead = Omit<Infer<typeof headSchema>, "v">;

const lengthBytes = 4;
const maxHeadChars = 100_000;

/** What the gateway knows of a session, then the worker's dump, which stays opaque here. */
export function packHead(head: SessionHead, core: Buffer | undefined): Buffer {
  const text = Buffer.from(JSON.stringify({ v: 1, ...head }));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text, core ?? Buffer.alloc(0)]);
}

/** Reads what `packHead` wrote; nothing where an other version wrote it. */
export function readHead(
  bytes: Buffer,
): { readonly head: SessionHead; readonly core: Buffer | undefined } | undefined {
  if (bytes.length < lengthBytes) return undefined;
  const end = lengthBytes + bytes.readUInt32BE(0);
  if (end > bytes.length) return undefined;
  const decoded = decodeText(headSchema, bytes.toString("utf8", lengthBytes, end), maxHeadChars);
  if (!decoded.ok) return undefined;
  const core = bytes.subarray(end);
  return { head: decoded.value, core: core.length === 0 ? undefined : core };
}
