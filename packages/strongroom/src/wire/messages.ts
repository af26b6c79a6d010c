/** The frames between browser and gateway: JSON text, closed schemas, one kind each. */
import { limits } from "./limits.ts";
import { s } from "./s.ts";
import type { Infer, Json, Schema } from "./schema.ts";

const id = s.string({ minLength: 1, maxLength: limits.idChars });
/** The id of a container; empty for the page itself. */
const container = s.string({ maxLength: limits.idChars });
const counter = s.number({ min: 0, max: Number.MAX_SAFE_INTEGER, integer: true });
export const token = s.string({ minLength: 43, maxLength: 43, pattern: /^[A-Za-z0-9_-]{43}$/ });
const path = s.string({ maxLength: limits.pathChars, pattern: /^[a-z0-9_-]*$/i });
const query = s.string({ maxLength: limits.queryChars });
const kind = s.string({ minLength: 1, maxLength: 40, pattern: /^[a-zA-Z0-9]+$/ });
const props = s.json({ maxDepth: limits.propsDepth, maxNodes: limits.propsNodes });
const answer = s.json({ maxDepth: limits.valueDepth, maxNodes: limits.valueNodes });

/** What a viewer did, numbered by the browser and kept there until a commit names the number. */
export const eventSchema = s.object({
  t: s.literal("event"),
  /** Number of the event, from 1. */
  n: counter,
  /** Number of the tree that the viewer saw. */
  tree: counter,
  /** Answers by widget id. */
  values: s.optional(s.record(answer, { maxKeys: limits.valuesPerEvent, maxKeyLength: limits.idChars })),
  /** The widget that was clicked, and its answer where a click has one. */
  trigger: s.optional(s.object({ id, value: s.optional(answer) })),
  /** The page to go to. */
  page: s.optional(path),
  /** The query string, without the question mark, when the viewer's URL changed. */
  query: s.optional(query),
});

/** Takes up a session on a new socket. */
const resume = s.object({
  t: s.literal("resume"),
  protocol: counter,
  session: token,
  /** Number of the tree that the page shows; 0 for none. */
  tree: counter,
  /** What it shows may have missed something: the whole tree is to come. */
  whole: s.optional(s.boolean),
});

/** Asks the current run to end. */
const stop = s.object({ t: s.literal("stop") });

const upMembers = { event: eventSchema, resume, stop } as const;
export const upSchema: Schema<UpMessage> = s.variant("t", upMembers);
export type UpMessage = Infer<(typeof upMembers)[keyof typeof upMembers]>;
export type EventMessage = Infer<typeof eventSchema>;
export type ResumeMessage = Infer<typeof resume>;

/** One element: id, id of its container, kind, props, and the answer it holds (`null` where it has none). */
const node = s.tuple(id, container, kind, props, answer);

/** What a message tells of a run that goes on. */
const progress = {
  /** Number of the last event whose answers the tree holds; absent where `done` says it. */
  taken: s.optional(counter),
  /** By container: how many of its first children are of this run; the rest it has not reached yet. */
  fresh: s.optional(s.record(counter, { maxKeys: limits.nodesPerTree, maxKeyLength: limits.idChars })),
} as const;

/** The whole tree, containers before what they hold. */
const tree = s.object({
  t: s.literal("tree"),
  tree: counter,
  nodes: s.array(node, { max: limits.nodesPerTree }),
  /** Number of the event whose run this ends; absent while the run goes on. */
  done: s.optional(counter),
  query: s.optional(query),
  page: s.optional(path),
  ...progress,
});

/**
 * Small edits: `+` a new element, `=` changed props (and names of props that went), `v` an answer set by the script,
 * `-` an element that went, `<` a splice in a container's list: start, how many go, ids that come.
 */
const op = s.union(
  s.tuple(s.literal("="), id, props, s.array(s.string({ maxLength: 100 }), { max: 100 })),
  s.tuple(s.literal("v"), id, answer),
  s.tuple(
    s.literal("<"),
    s.string({ maxLength: limits.idChars }),
    counter,
    counter,
    s.array(id, { max: limits.nodesPerTree }),
  ),
  s.tuple(s.literal("+"), id, container, kind, props, answer),
  s.tuple(s.literal("-"), id),
);

const patch = s.object({
  t: s.literal("patch"),
  /** Number of the tree that results. */
  tree: counter,
  ops: s.array(op, { max: limits.opsPerPatch }),
  done: s.optional(counter),
  query: s.optional(query),
  page: s.optional(path),
  ...progress,
});

/** The refusals that a viewer can meet. */
export const refusals = [
  "unknown-widget",
  "disabled",
  "invalid-value",
  "not-a-trigger",
  "future-tree",
  "unknown-page",
  "too-fast",
] as const;
export type RefusalCode = (typeof refusals)[number];

/** An event that was not taken; its number is used up. */
const refused = s.object({
  t: s.literal("refused"),
  n: counter,
  code: s.literal(...refusals),
  at: s.optional(id),
});

/** Names the last event that is safe in the store. */
const commit = s.object({ t: s.literal("commit"), n: counter });

/** Answers `resume`: what arrived before, and what of that is safe. */
const resumed = s.object({
  t: s.literal("resumed"),
  /** Last event that reached the gateway: later ones never ran. */
  received: counter,
  /** Last event that is committed. */
  committed: counter,
});

/** Why a session cannot be taken up again. */
const gone = s.object({
  t: s.literal("gone"),
  why: s.literal("expired", "elsewhere", "protocol", "full", "signed-out", "not-allowed"),
});

/** Something the viewer should know; `code` names the sentence that the browser shows. */
const notice = s.object({
  t: s.literal("notice"),
  code: s.literal(
    "click-cut-off",
    "stopped-blocked",
    "stopped-memory",
    "stopped-crashed",
    "state-too-large",
    "draining",
  ),
  /** Label of the widget, or the line for authors. */
  detail: s.optional(s.string({ maxLength: 2_000 })),
  /** The event whose click was cut off: the browser sends its answers again, never the click. */
  n: s.optional(counter),
});

/** The page goes to where the viewer signs in or out. */
const auth = s.object({
  t: s.literal("auth"),
  do: s.literal("login", "logout"),
  provider: s.optional(s.string({ minLength: 1, maxLength: 50, pattern: /^[A-Za-z0-9-]+$/ })),
});

/** For authors while they edit: the app does not compile, or does again. */
const problem = s.object({
  t: s.literal("problem"),
  text: s.nullable(s.string({ maxLength: 20_000 })),
});

export const downMembers = { tree, patch, refused, commit, resumed, gone, notice, problem, auth } as const;
export const downSchema: Schema<DownMessage> = s.variant("t", downMembers);
export type DownMessage = Infer<(typeof downMembers)[keyof typeof downMembers]>;
export type AuthMessage = Infer<typeof auth>;
export type TreeMessage = Infer<typeof tree>;
export type PatchMessage = Infer<typeof patch>;
export type WireNode = readonly [id: string, parent: string, kind: string, props: Json, value: Json];
export type PatchOp = PatchMessage["ops"][number];

/** What a worker may send on to a browser as it is. */
export const fromWorkerSchema: Schema<
  TreeMessage | PatchMessage | Infer<typeof refused> | Infer<typeof notice> | Infer<typeof auth>
> = s.variant("t", {
  tree,
  patch,
  refused,
  notice,
  auth,
});
