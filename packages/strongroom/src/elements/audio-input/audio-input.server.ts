import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { ask } from "../../worker/ask.ts";
import type { UploadedFile } from "../../worker/uploaded-file.ts";
import { checkOptions } from "../check-options.server.ts";
import { filesProps, filesReader, idsOf, maxBytesOf } from "../file-uploader/file-uploader-files.server.ts";
import { filesNames, type FilesOptions } from "../file-uploader/file-uploader.server.ts";
import { labelProps } from "../label.server.ts";
import { audioInputSpec, sampleRates } from "./audio-input.schema.ts";

export interface AudioInputOptions extends FilesOptions {
  /** Samples a second; `null` for as the microphone gives them. Default `16000`. */
  readonly sampleRate?: (typeof sampleRates)[number] | null;
}

const known = optionNames<AudioInputOptions>()({ ...filesNames, sampleRate: true });

/** Shows a recorder, and answers what the viewer said once they stop it: a WAV of one channel, `null` before. */
export function audioInput(label: string, options: AudioInputOptions = {}): UploadedFile | null {
  checkOptions(`st.audioInput("Your message")`, options, known);
  const { sampleRate = 16_000 } = options;
  if (sampleRate !== null && !sampleRates.includes(sampleRate))
    throw badOption("audioInput", "sampleRate", `one of ${sampleRates.join(", ")}, or null`);
  const maxBytes = maxBytesOf("audioInput", undefined);
  const props = {
    ...labelProps("audioInput", label, options),
    ...(sampleRate === null ? {} : { sampleRate }),
    maxBytes,
    slot: "",
    files: [],
  };
  const accept = { extensions: [], types: ["audio/wav"] };
  const propsOf = filesProps({ accept, folders: false, maxBytes, maxFiles: 1 });
  const filesOf = filesReader();
  const fromWire = (ids: readonly string[]): UploadedFile | null => filesOf(ids)[0] ?? null;
  return fromWire(
    ask(audioInputSpec, { label, options, props, propsOf, initial: [], fromWire, toWire: idsOf }),
  );
}

audioInput.specs = [audioInputSpec] as const;
