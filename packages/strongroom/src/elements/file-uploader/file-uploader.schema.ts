import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { acceptSchema, fileId, uploadLimits } from "../../wire/upload.ts";
import { labelFields } from "../label.schema.ts";

/** What every widget that takes files is shown with. */
export const filesFields = {
  ...labelFields,
  /** Where files are sent to. */
  slot: s.string({ minLength: 43, maxLength: 43, pattern: /^[A-Za-z0-9_-]{43}$/ }),
  maxBytes: s.number({ min: 0, max: Number.MAX_SAFE_INTEGER, integer: true }),
  /** What the viewer has sent so far, answered or not. */
  files: s.array(
    s.object({
      id: fileId,
      name: s.string({ maxLength: uploadLimits.nameChars }),
      size: s.number({ min: 0, max: Number.MAX_SAFE_INTEGER, integer: true }),
    }),
    { max: uploadLimits.filesPerSession },
  ),
  /** What the viewer had sent went with the server. */
  gone: s.optional(s.literal(true)),
} as const;

export const fileUploaderSpec = widgetSpec({
  kind: "fileUploader",
  props: s.object({
    ...filesFields,
    accept: s.optional(acceptSchema),
    /** Several files, or all in a folder; left out for one. */
    multiple: s.optional(s.literal("files", "directory")),
    maxFiles: s.number({ min: 1, max: uploadLimits.filesPerWidget, integer: true }),
  }),
  value: ({ maxFiles }) => s.array(fileId, { max: maxFiles, unique: true }),
});
