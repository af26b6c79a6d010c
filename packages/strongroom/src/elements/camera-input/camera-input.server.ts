import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { ask } from "../../worker/ask.ts";
import type { UploadedFile } from "../../worker/uploaded-file.ts";
import { checkOptions } from "../check-options.server.ts";
import { filesProps, filesReader, idsOf, maxBytesOf } from "../file-uploader/file-uploader-files.server.ts";
import { filesNames, type FilesOptions } from "../file-uploader/file-uploader.server.ts";
import { labelProps } from "../label.server.ts";
import { cameraInputSpec } from "./camera-input.schema.ts";

export interface CameraInputOptions extends FilesOptions {
  /** How fine the picture is. Default: as the camera gives it. */
  readonly resolution?: "480p" | "720p" | "1080p";
}

const known = optionNames<CameraInputOptions>()({ ...filesNames, resolution: true });

const heights = { "480p": 480, "720p": 720, "1080p": 1080 } as const;

/** Shows the viewer's camera, once they allow it, and answers the picture that they took: a JPEG, `null` before. */
export function cameraInput(label: string, options: CameraInputOptions = {}): UploadedFile | null {
  checkOptions(`st.cameraInput("Your badge")`, options, known);
  const { resolution } = options;
  if (resolution !== undefined && !Object.hasOwn(heights, resolution))
    throw badOption("cameraInput", "resolution", '"480p", "720p" or "1080p"');
  const maxBytes = maxBytesOf("cameraInput", undefined);
  const props = {
    ...labelProps("cameraInput", label, options),
    ...(resolution === undefined ? {} : { height: heights[resolution] }),
    maxBytes,
    slot: "",
    files: [],
  };
  const accept = { extensions: [], types: ["image/jpeg"] };
  const propsOf = filesProps({ accept, folders: false, maxBytes, maxFiles: 1 });
  const filesOf = filesReader();
  const fromWire = (ids: readonly string[]): UploadedFile | null => filesOf(ids)[0] ?? null;
  return fromWire(
    ask(cameraInputSpec, { label, options, props, propsOf, initial: [], fromWire, toWire: idsOf }),
  );
}

cameraInput.specs = [cameraInputSpec] as const;
