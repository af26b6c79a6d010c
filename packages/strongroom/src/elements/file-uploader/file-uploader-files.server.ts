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
}

/** Opens the way for files of a widget; what it holds and is gone by now is forgotten. */
export function filesProps(taking: Taking): (widget: string) => FilesProps {
  return (widget) => {
    const { session } = currentRun();
    const slot = session.services.takeFiles(session.number, { widget, ...taking });
    const own = [...session.files.values()].filter((fact) => fact.widget === widget);
    const held = session.widgets.get(widget);
    if (Array.isArray(held) && held.some((id) => !isThere(id)))
      session.widgets.set(
        widget,
        held.filter((id) => isThere(id)),
      );
    return { slot, files: own.map(({ id, name, size }) => ({ id, name, size })) };
  };
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
