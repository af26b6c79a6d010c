/** Files of viewers: what a widget takes, what the gateway knows of a file, and how a worker asks for its bytes. */
import { limits } from "./limits.ts";
import { s } from "./s.ts";
import type { Infer, Schema } from "./schema.ts";

export const uploadLimits = {
  /** Files that one widget may hold. */
  filesPerWidget: 1_000,
  /** Files of one session, whatever they weigh. */
  filesPerSession: 2_000,
  slotsPerSession: 500,
  nameChars: 255,
  /** What one read brings. */
  readBytes: 4 * 1024 * 1024,
  typesPerSlot: 200,
} as const;

const token = s.string({ minLength: 43, maxLength: 43, pattern: /^[A-Za-z0-9_-]{43}$/ });
const size = s.number({ min: 0, max: Number.MAX_SAFE_INTEGER, integer: true });

/** Names one upload of one session. The letter before it keeps it apart from every other token. */
export const fileId: Schema<string> = s.string({
  minLength: 45,
  maxLength: 45,
  pattern: /^f-[A-Za-z0-9_-]{43}$/,
});

/** What is taken: names that end so, or bytes of such a type (`image/*`). None of either: everything. */
export const acceptSchema = s.object({
  extensions: s.array(s.string({ maxLength: 40, pattern: /^\.[a-z0-9][a-z0-9._+-]*$/ }), {
    max: uploadLimits.typesPerSlot,
  }),
  types: s.array(s.string({ maxLength: 100, pattern: /^[a-z]+\/(?:\*|[a-z0-9.+-]+)$/ }), {
    max: uploadLimits.typesPerSlot,
  }),
});
export type Accept = Infer<typeof acceptSchema>;

/** Where a widget's files are sent to, and which are taken there. */
export const slotSchema = s.object({
  slot: token,
  widget: s.string({ minLength: 1, maxLength: limits.idChars }),
  accept: acceptSchema,
  /** Names may say in which folders below the chosen one a file was. */
  folders: s.boolean,
  maxBytes: size,
  maxFiles: s.number({ min: 1, max: uploadLimits.filesPerWidget, integer: true }),
});
export type UploadSlot = Infer<typeof slotSchema>;

/** What a file is called; its type is what its bytes and its name say together. */
export const fileFields = {
  id: fileId,
  name: s.string({ minLength: 1, maxLength: uploadLimits.nameChars }),
  type: s.string({ maxLength: 100 }),
  size,
} as const;

/** A file that the gateway holds. */
export const fileSchema = s.object({
  ...fileFields,
  widget: s.string({ minLength: 1, maxLength: limits.idChars }),
});
export type FileFact = Infer<typeof fileSchema>;

export const filesSchema: Schema<readonly FileFact[]> = s.array(fileSchema, {
  max: uploadLimits.filesPerSession,
});

/** A part of a file; fewer bytes come where the file ends. */
export const readSchema = s.object({
  file: fileId,
  from: size,
  length: s.number({ min: 1, max: uploadLimits.readBytes, integer: true }),
});
export type FileRead = Infer<typeof readSchema>;
