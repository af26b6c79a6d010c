import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { fileId } from "../../wire/upload.ts";
import { filesFields } from "../file-uploader/file-uploader.schema.ts";

/** Samples a second that a recording may have. */
export const sampleRates = [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000] as const;

export const audioInputSpec = widgetSpec({
  kind: "audioInput",
  /** Without a rate: as the microphone gives it. */
  props: s.object({ ...filesFields, sampleRate: s.optional(s.literal(...sampleRates)) }),
  value: () => s.array(fileId, { max: 1, unique: true }),
});
