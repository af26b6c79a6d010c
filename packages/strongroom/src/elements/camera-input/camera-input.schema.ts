import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { fileId } from "../../wire/upload.ts";
import { filesFields } from "../file-uploader/file-uploader.schema.ts";

export const cameraInputSpec = widgetSpec({
  kind: "cameraInput",
  props: s.object({ ...filesFields, height: s.optional(s.literal(480, 720, 1080)) }),
  value: () => s.array(fileId, { max: 1, unique: true }),
});
