import { uploadLimits, type Accept } from "../../wire/upload.ts";
import { badOption } from "../../worker/errors.ts";
import { currentRun } from "../../worker/run.ts";
import { UploadedFile } from "../../worker/uploaded-file.ts";

/** What a widget takes. */
export interface Taking {
  readonly accept: Accept;
  readonly folders: boolean;
  readonly maxBytes: number;
  readonly maxFiles: number;
}

interface FilesProps {
  readonly slot: string;
  readonly files: readonly { readonly id: string; readonly name: string; readonly size: number }[];
  readonly gone?: true;
}

/** Opens the way for files of a widget; what it holds and is gone by now is forgotten. */
export function filesProps(taking: Taking): (widget: string) => FilesProps {
  return (widget) => {
    const { session } = currentRun();
    const slot = session.services.takeFiles(session.number, { widget, ...taking });
    const own = [...session.files.values()].filter((fact) => fact.widget === widget);
    const isBereft = forgetGone(widget);
    const files = own.map(({ id, name, size }) => ({ id, name, size }));
    return { slot, files, ...(isBereft ? { gone: true } : {}) };
  };
}

/** Forgets files that a widget holds and that are gone; answers whether its viewer is to be told, until they send others. */
function forgetGone(widget: string): boolean {
  const { widgets, bereft } = currentRun().session;
  const held = widgets.get(widget);
  if (!Array.isArray(held)) return bereft.has(widget);
  const left = held.filter((id) => isThere(id));
  if (left.length < held.length) {
    widgets.set(widget, left);
    bereft.add(widget);
  } else if (held.length > 0) bereft.delete(widget);
  return bereft.has(widget);
}

function isThere(id: unknown): boolean {
  return typeof id === "string" && currentRun().session.files.has(id);
}

/** Reads answers of this session's widgets, also when its run has ended: the files, as far as they are there. */
export function filesReader(): (ids: readonly string[]) => readonly UploadedFile[] {
  const { files } = currentRun().session;
  return (ids) =>
    ids.flatMap((id) => {
      const fact = files.get(id);
      return fact === undefined ? [] : [new UploadedFile(fact)];
    });
}

/** The ids of files that an author puts into `st.sessionState` under a widget's key. */
export function idsOf(value: unknown): readonly string[] | undefined {
  if (value === null || value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const files = list.filter((file) => file instanceof UploadedFile);
  return files.length === list.length ? files.map(({ fileId }) => fileId) : undefined;
}

/** The author's limit, within the server's. */
export function maxBytesOf(element: string, megabytes: number | undefined): number {
  const most = currentRun().session.services.options.maxUploadBytes ?? 200_000_000;
  if (megabytes === undefined) return most;
  if (!(typeof megabytes === "number" && megabytes > 0 && megabytes <= 100_000))
    throw badOption(element, "maxUploadSize", "a number of megabytes, more than 0");
  return Math.min(most, Math.floor(megabytes * 1_000_000));
}

export const mostFiles: number = uploadLimits.filesPerWidget;
