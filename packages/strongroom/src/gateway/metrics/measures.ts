/** What a gateway tells of itself in numbers, and the names that Prometheus knows them by. No viewer is in any of them. */
export interface Measures {
  readonly sessions: number;
  readonly sockets: number;
  readonly handleBytes: number;
  readonly uploadBytes: number;
  /** By status; `socket` for what was said on one. */
  readonly refusals: ReadonlyMap<string, number>;
  /** Lines of the audit log, and those that were only summed up, by kind. */
  readonly securityEvents: ReadonlyMap<string, number>;
  /** Messages of pages and tickets, by whether they were in time or came too fast. */
  readonly messages: ReadonlyMap<string, number>;
  /** Processes of the author's code that ended otherwise than by being told to. */
  readonly workerFalls: number;
}

interface Told<T> {
  readonly name: string;
  readonly help: string;
  readonly read: (measures: Measures) => T;
}

export const gauges: readonly Told<number>[] = [
  { name: "strongroom_sessions", help: "Sessions in memory.", read: ({ sessions }) => sessions },
  { name: "strongroom_sockets", help: "Open pages.", read: ({ sockets }) => sockets },
  {
    name: "strongroom_handle_bytes",
    help: "Bytes of images, tables and downloads that pages refer to.",
    read: ({ handleBytes }) => handleBytes,
  },
  {
    name: "strongroom_upload_bytes",
    help: "Bytes of files that viewers have sent, those on their way among them.",
    read: ({ uploadBytes }) => uploadBytes,
  },
];

export const counters: readonly (Told<ReadonlyMap<string, number>> & { readonly label: string })[] = [
  {
    name: "strongroom_refusals_total",
    help: "What was refused, by the status of the answer.",
    label: "reason",
    read: ({ refusals }) => refusals,
  },
  {
    name: "strongroom_security_events_total",
    help: "Security events, as the audit log has them.",
    label: "kind",
    read: ({ securityEvents }) => securityEvents,
  },
  {
    name: "strongroom_messages_total",
    help: "Messages of pages, and whether they came too fast.",
    label: "outcome",
    read: ({ messages }) => messages,
  },
  {
    name: "strongroom_worker_falls_total",
    help: "Processes of the author's code that crashed or were ended for a fault; each is started again.",
    label: "of",
    read: ({ workerFalls }) => new Map([["worker", workerFalls]]),
  },
];
