import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { offer, offerFlow } from "../../worker/offer.ts";
import { currentRun, place, type Run } from "../../worker/run.ts";
import { askTrigger, enclosingForm } from "../../worker/ask.ts";
import { buttonFace, buttonFaceNames, type ButtonFaceOptions } from "../button/button-face.server.ts";
import { checkOptions, wrongCall } from "../check-options.server.ts";
import {
  downloadOf,
  flowOf,
  isReady,
  wrongData,
  type DownloadContent,
  type DownloadNaming,
} from "./download-button-data.server.ts";
import { downloadButtonSpec } from "./download-button.schema.ts";

export interface DownloadButtonOptions extends ButtonFaceOptions, DownloadNaming {
  /** Identity across changes of the label. */
  readonly key?: string;
  /** Called before the rerun that the click causes; `"ignore"`: a click downloads, and runs nothing. Default `"rerun"`. */
  readonly onClick?: "rerun" | "ignore" | (() => unknown);
}

const known = optionNames<DownloadButtonOptions>()({
  ...buttonFaceNames,
  key: true,
  onClick: true,
  fileName: true,
  mime: true,
});

const usage = `st.downloadButton("Save", csv, { fileName: "orders.csv" })`;

/** What clicks have made in a run, by widget. */
const made = new WeakMap<Run, Map<string, string>>();

/**
 * Shows a button that saves a file on the viewer's machine, and answers `true` in the one run that its click causes. With
 * a function as `data`, or a stream, the file is made at the click. A stream goes out as it is made, no faster than the
 * viewer takes it, up to `limits.downloadBytes`; it is told (`return`, `cancel`, `st.signal`) when the viewer goes away, and
 * shows nothing on the page. Secrets that stand in it are hidden, unless
 * `secrets.openDownloads` names the file.
 */
export function downloadButton(
  label: string,
  data: DownloadContent | (() => DownloadContent | Promise<DownloadContent>),
  options: DownloadButtonOptions = {},
): boolean {
  checkOptions(usage, options, known);
  const { onClick = "rerun", fileName, mime, key } = options;
  checkNaming(options);
  const { run, container } = place();
  if (enclosingForm(run, container) !== undefined)
    throw badOption("downloadButton", "place", "outside of a form");
  const isMade = !isReady(data);
  if (isMade) checkMaking(data, options);
  const naming = { ...(fileName === undefined ? {} : { fileName }), ...(mime === undefined ? {} : { mime }) };
  let own = "";
  const make = async (): Promise<void> => {
    keep(own, await offerMade(typeof data === "function" ? await data() : data, naming));
    if (typeof onClick === "function") await onClick();
  };
  const click = typeof onClick === "function" ? onClick : undefined;
  const isOff = options.disabled === true;
  return (
    askTrigger(downloadButtonSpec, {
      label,
      options: { disabled: isOff, ...(key === undefined ? {} : { key }) },
      props: {
        ...buttonFace("downloadButton", label, options),
        ...(isMade || isOff ? {} : { source: offer(downloadOf(data, naming)) }),
        ...(onClick === "ignore" ? { quiet: true } : {}),
      },
      propsOf: (id) => {
        own = id;
        const handle = made.get(run)?.get(id);
        return handle === undefined ? {} : { made: handle };
      },
      onClick: isMade ? make : click,
    }) === true
  );
}

function checkMaking(data: unknown, { onClick }: DownloadButtonOptions): void {
  if (typeof data !== "function" && !isIterable(data)) throw wrongData();
  if (onClick === "ignore")
    throw badOption("downloadButton", "onClick", `"rerun" or a function where the file is made at the click`);
}

/** Offers what a click has made: whole, or as it flows. */
async function offerMade(content: unknown, naming: DownloadNaming): Promise<string> {
  return isReady(content) ? offer(downloadOf(content, naming)) : offerFlow(await flowOf(content, naming));
}

function keep(widget: string, handle: string): void {
  const run = currentRun();
  const handles = made.get(run) ?? new Map<string, string>();
  made.set(run, handles.set(widget, handle));
}

function checkNaming({ fileName, mime, onClick }: DownloadButtonOptions): void {
  if (onClick !== undefined && onClick !== "rerun" && onClick !== "ignore" && typeof onClick !== "function")
    throw wrongCall(usage, '`onClick` must be a function, "rerun" or "ignore"');
  if (fileName !== undefined && !/^[^/\\\0]{1,255}$/.test(fileName))
    throw badOption("downloadButton", "fileName", "a name of 1 to 255 characters, without a path");
  if (mime !== undefined && !/^[a-z]+\/[a-z0-9.+-]{1,80}(; charset=utf-8)?$/.test(mime))
    throw badOption("downloadButton", "mime", 'a type such as "text/csv"');
}

function isIterable(data: unknown): boolean {
  return (
    typeof data === "object" && data !== null && (Symbol.asyncIterator in data || Symbol.iterator in data)
  );
}

downloadButton.specs = [downloadButtonSpec] as const;
