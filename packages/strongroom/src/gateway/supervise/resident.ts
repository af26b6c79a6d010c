import type { FileFact } from "../../wire/upload.ts";
import { toWorker, type NewWorkerFrame } from "../../wire/worker-frames.ts";
import { WorkerFault, type SessionHeard } from "./heard.ts";
import type { Readers } from "./readers.ts";
import type { WorkerFlows } from "./worker-flows.ts";
import type { Begun } from "./offender.ts";
import type { Opening, Placed, SessionListener } from "./pool-types.ts";

export interface ResidentsPort {
  readonly readers: Pick<Readers, "add">;
  readonly flows: Pick<WorkerFlows, "open">;
  readonly write: (frame: NewWorkerFrame) => void;
  /** What the worker wrote down before its last run. */
  readonly begun: () => Begun;
  /** For how long, in all, the worker has waited for a processor, in ms; nothing where that cannot be known. */
  readonly starvedMs: () => number | undefined;
  /** Sessions wait behind a run that takes long. */
  readonly crowded: () => void;
  /** A session has left this worker. */
  readonly left: (session: number) => void;
  /** A session left, or a run ended. */
  readonly changed: () => void;
}

/** A session in a worker. */
export interface Resident {
  readonly number: number;
  readonly viewer: string;
  /** The viewer's token, where one can be asked for. */
  readonly bearer: Opening["bearer"];
  readonly listener: SessionListener;
  /** Number of the last event that was handed over. */
  sent: number;
  readonly handles: Set<string>;
}

/** What a session's handle does where it lives. */
export interface Home {
  /** Number of the last event that was handed over. */
  readonly sent: () => number;
  readonly tell: (kind: number) => void;
  readonly event: (n: number, text: string) => void;
  readonly rerun: () => void;
  readonly file: (fact: FileFact) => void;
  readonly close: () => void;
}

/** A session's handle on its worker. */
export function placed(home: Home): Placed {
  return {
    get sent() {
      return home.sent();
    },
    event: home.event,
    resend: () => home.tell(toWorker.resend),
    rerun: home.rerun,
    file: home.file,
    stop: () => home.tell(toWorker.stop),
    close: home.close,
  };
}

/** Made when its turn comes: what a session may see, and its files, may be others by then. */
export function openFrame(session: number, opening: Opening): NewWorkerFrame {
  const { page, query, viewer, user, core, state, treeAtLeast: n } = opening;
  const [files, pages] = [opening.files?.(), opening.pages?.()];
  const head = JSON.stringify({ page, query, viewer, user, files, pages });
  return { kind: toWorker.open, session, n, parts: core === undefined ? [head] : [head, core, state] };
}

type AboutBytes = Extract<SessionHeard, { kind: "bytes" | "flow" | "release" | "slot" | "read" | "parse" }>;

/** No page refers to so many files. */
const maxHandles = 100_000;

/** Hands on what is said of bytes: those that the page refers to, and those that its viewer sends. */
export function handOn(
  { listener, handles }: Resident,
  heard: AboutBytes,
  { write, readers, flows }: Pick<ResidentsPort, "write" | "readers" | "flows">,
): void {
  switch (heard.kind) {
    case "bytes":
      note(handles, heard.content.handle);
      return listener.bytes(heard.content);
    case "flow":
      return listener.bytes({ ...heard.content, bytes: flows.open(heard.flow) });
    case "slot":
      note(handles, heard.slot.slot);
      return listener.slot(heard.slot);
    case "release":
      return listener.release(heard.handles.filter((handle) => handles.delete(handle)));
    case "read": {
      const part = listener.read(heard.read);
      return write({ kind: toWorker.part, n: heard.id, parts: [part] });
    }
    case "parse":
      return readers.add({
        parse: heard.parse,
        read: (read) => listener.read(read),
        done: (table) => write({ kind: toWorker.table, n: heard.id, parts: [table] }),
      });
  }
}

function note(handles: Set<string>, handle: string): void {
  if (handles.add(handle).size > maxHandles) throw new WorkerFault("Fewer files were expected.");
}
