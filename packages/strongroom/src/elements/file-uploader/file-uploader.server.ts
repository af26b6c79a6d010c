import { optionNames, type OptionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { ask, type WidgetOptions } from "../../worker/ask.ts";
import type { UploadedFile } from "../../worker/uploaded-file.ts";
import { checkOptions } from "../check-options.server.ts";
import { widgetNames } from "../common-names.server.ts";
import { labelProps } from "../label.server.ts";
import { acceptOf } from "./file-uploader-accept.server.ts";
import { filesProps, filesReader, idsOf, maxBytesOf, mostFiles } from "./file-uploader-files.server.ts";
import { fileUploaderSpec } from "./file-uploader.schema.ts";

/** Options of everything that takes files. */
export type FilesOptions = Omit<WidgetOptions, "bind">;

const { bind: _, ...filesWidgetNames } = widgetNames;
export const filesNames: OptionNames<FilesOptions> = optionNames<FilesOptions>()(filesWidgetNames);

export interface FileUploaderOptions<M extends boolean | "directory" = false> extends FilesOptions {
  /**
   * What is taken: endings (`"csv"`), types (`"image/png"`, `"image/*"`), or `"image"`, `"audio"`, `"video"`, `"text"`; one
   * or a list. The server holds name and bytes against it. Default: everything.
   */
  readonly type?: string | readonly string[];
  /** `true` takes several files, `"directory"` all in a folder, whose names then say where in it they were. Default `false`. */
  readonly acceptMultipleFiles?: M;
  /** The largest file, in megabytes. Default, and never more: `server.maxUploadSize`, 200. */
  readonly maxUploadSize?: number;
}

const known = optionNames<FileUploaderOptions>()({
  ...filesNames,
  type: true,
  acceptMultipleFiles: true,
  maxUploadSize: true,
});

const usage = `st.fileUploader("Orders", { type: "csv" })`;

/**
 * Shows a place for files and answers the file that the viewer chose, `null` before; with `acceptMultipleFiles` a list.
 * Files are in the server's memory only, and gone with the tab's session.
 */
export function fileUploader<M extends boolean | "directory" = false>(
  label: string,
  options: FileUploaderOptions<M> = {},
): M extends false ? UploadedFile | null : readonly UploadedFile[] {
  checkOptions(usage, options, known);
  const { type, acceptMultipleFiles = false, maxUploadSize } = options;
  if (![true, false, "directory"].includes(acceptMultipleFiles))
    throw badOption("fileUploader", "acceptMultipleFiles", `true, false or "directory"`);
  const isMany = acceptMultipleFiles !== false;
  const accept = acceptOf(type);
  const maxFiles = isMany ? mostFiles : 1;
  const maxBytes = maxBytesOf("fileUploader", maxUploadSize);
  const props = {
    ...labelProps("fileUploader", label, options),
    ...(accept.extensions.length + accept.types.length === 0 ? {} : { accept }),
    ...(isMany
      ? { multiple: acceptMultipleFiles === true ? ("files" as const) : ("directory" as const) }
      : {}),
    maxBytes,
    maxFiles,
    slot: "",
    files: [],
  };
  const propsOf = filesProps({ accept, folders: acceptMultipleFiles === "directory", maxBytes, maxFiles });
  const filesOf = filesReader();
  const fromWire = (ids: readonly string[]): UploadedFile | null | readonly UploadedFile[] =>
    isMany ? filesOf(ids) : (filesOf(ids)[0] ?? null);
  const ids = ask(fileUploaderSpec, { label, options, props, propsOf, initial: [], fromWire, toWire: idsOf });
  // One or a list, as `acceptMultipleFiles` says, which the compiler cannot follow through the test.
  return fromWire(ids) as M extends false ? UploadedFile | null : readonly UploadedFile[];
}

fileUploader.specs = [fileUploaderSpec] as const;
