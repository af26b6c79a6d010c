import { AsyncLocalStorage } from "node:async_hooks";
import type { FileFact } from "../wire/upload.ts";
import type { User } from "../wire/worker-setup.ts";
import type { Json } from "../wire/schema.ts";
import { Canvas } from "./canvas.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { Forms } from "./forms.ts";
import type { Services } from "./services.ts";
import type { SessionStateStore } from "./session-state.ts";
import type { Thrown } from "./thrown.ts";
import type { WidgetMemory } from "./widget-memory.ts";
import { rootId, type Props, type Tree, type TreeNode } from "./tree.ts";

/** What a run reads and writes of its session. */
export interface RunSession {
  /** The session's number in this worker. */
  readonly number: number;
  readonly page: string;
  /** The query string of the viewer's URL, without the question mark. */
  query: string;
  readonly pages: readonly PageLink[];
  /** Answers by widget id. */
  readonly widgets: Map<string, Json>;
  /** Widgets with a key, by it, as they were last shown: what `st.sessionState` reads. */
  readonly keyed: Map<string, Keyed>;
  readonly memory: WidgetMemory;
  readonly state: SessionStateStore;
  readonly services: Services;
  /** What the viewer has sent to this session, by id. */
  readonly files: Map<string, FileFact>;
  /** Widgets whose files went with the server, and have not been sent again. */
  readonly bereft: Set<string>;
  /** Who is looking: a name that means nothing outside of this app, the same for all tabs of a browser. */
  readonly viewer: string;
  /** What is known of them where they have signed in. */
  readonly user: User;
  /** Shelves of what cached functions keep for this session alone. */
  readonly local: Set<string>;
  /** The session has left this worker. */
  readonly isClosed: boolean;
}

/** A widget with a key. */
export interface Keyed {
  readonly id: string;
  /** The author's form of its answer. Default: as it is. */
  readonly fromWire: ((value: Json | undefined) => unknown) | undefined;
  readonly isTrigger: boolean;
  /** Its answer is the author's own only once a schema has judged it. */
  readonly isChecked?: boolean;
}

export interface PageLink {
  /** Where the page stands in the URL; empty for the first. */
  readonly path: string;
  readonly title: string;
  readonly icon: string;
}

/**
 * `stop`, `rerun` and `switch` are asked for by the script; `halted` by the viewer; `replaced` by a newer event;
 * `ended` when the script has come to its end.
 */
export type RunEnd = "stop" | "rerun" | "switch" | "halted" | "replaced" | "ended";

/** Ends a run from inside; never caught by an author's code for long, since every later call throws again. */
export class RunSignal extends Error {
  readonly kind: RunEnd;
  /** Where a switch goes. */
  readonly to: { readonly page: string; readonly query: string } | undefined;

  constructor(kind: RunEnd, to?: RunSignal["to"]) {
    super(`The run is over (${kind}).`);
    this.kind = kind;
    this.to = to;
  }
}

const endedSignal = new RunSignal("ended");
const replacedSignal = new RunSignal("replaced");
const noTriggers: ReadonlyMap<string, Json> = new Map();
const maxKeyChars = 200;

/** One execution of a page, top to bottom, for one session. */
export class Run {
  readonly session: RunSession;
  readonly canvas: Canvas;
  /** The container that a method call writes to while it lasts, and the scope in which it was called. */
  target: TreeNode | undefined;
  targetScope: Scope | undefined;
  /** Why every further call throws. */
  over: RunSignal | undefined;
  /** True when something was shown since the last flush. */
  dirty = false;
  /** True once the page's own code runs: before that, callbacks do. */
  begun = false;
  /** What the script threw last, where it was no Error. */
  thrown: Thrown | undefined;
  /** The run is that of a cached function: it has no viewer. */
  isCached = false;
  /** While such a run goes on, the run that called it. */
  caller: Run | undefined;
  readonly forms: Forms;
  /** Ids of the widgets that this run has shown. */
  readonly asked: string[] = [];
  #keys: Set<string> | undefined;
  #triggers: ReadonlyMap<string, Json>;
  #told: Set<string> | undefined;
  #config: Props = {};
  #controller: AbortController | undefined;

  constructor(session: RunSession, before: Tree, triggers: ReadonlyMap<string, Json>) {
    this.session = session;
    this.canvas = new Canvas(before);
    this.forms = new Forms(this.canvas);
    this.#triggers = triggers;
  }

  /** The page's run that this run belongs to. */
  get outermost(): Run {
    return this.caller?.outermost ?? this;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.over !== undefined) this.#controller.abort(this.over);
    return this.#controller.signal;
  }

  /** Every later call of this run throws the signal. */
  end(signal: RunSignal): void {
    this.over ??= signal;
    this.#controller?.abort(this.over);
  }

  /** Takes back the end that a callback asked for: what it wanted happens at the end of the callbacks. */
  resume(): void {
    this.over = undefined;
    this.#controller = undefined;
  }

  /** Throws once the run has ended or been replaced. */
  check(): void {
    if (this.over === undefined) return;
    if (this.over.kind !== "ended") throw this.over;
    throw new StrongroomError(
      "ERR_RUN_ENDED",
      "st was called after its run had ended; await in the script what it starts.",
    );
  }

  /** What clicks brought along: text that was sent, an option that was chosen. */
  get clicks(): Iterable<Json> {
    return this.#triggers.values();
  }

  /** The click on a widget, if it caused this run. From here on it is used up. */
  trigger(id: string): Json | undefined {
    const value = this.#triggers.get(id);
    if (value !== undefined) (this.#told ??= new Set()).add(id);
    return value;
  }

  /** The click counts for nothing: what it was to send does not fit. */
  takeBack(id: string): void {
    this.#triggers = new Map([...this.#triggers].filter(([other]) => other !== id));
  }

  /** Clicks that the script has not come to: the run that replaces this one takes them over. */
  leftTriggers(): ReadonlyMap<string, Json> {
    if (this.#triggers.size === 0 || this.#told === undefined) return this.#triggers;
    return new Map([...this.#triggers].filter(([id]) => this.#told?.has(id) !== true));
  }

  dropTriggers(): void {
    this.#triggers = noTriggers;
  }

  /** Takes everything off the page. */
  clear(): void {
    this.canvas.clear();
    this.#config = {};
  }

  /** What was given to `st.setPageConfig`, by this and earlier calls of the run. */
  configure(config: Props): void {
    this.#config = { ...this.#config, ...config };
    this.dirty = true;
  }

  /** The head of the page: what its menu, its tab and its layout are made of. */
  head(): TreeNode {
    const { pages, page } = this.session;
    // A page's link is plain data; an interface has no index signature that would say so.
    const props = { ...this.#config, pages, page } as unknown as Props;
    return {
      id: "page",
      kind: "page",
      parent: rootId,
      props,
      value: null,
      asking: undefined,
      isNamed: true,
      children: undefined,
    };
  }

  /** Takes a key, which is then a widget's identity and its name in `st.sessionState`. */
  takeKey(kind: string, key: string): void {
    if (typeof key !== "string" || key === "" || key.length > maxKeyChars)
      throw badOption(kind, "key", `text of 1 to ${maxKeyChars} characters`);
    this.#keys ??= new Set();
    if (this.#keys.has(key)) {
      throw new StrongroomError(
        "ERR_DUPLICATE_KEY",
        `The key "${key}" was used twice in this run; give each widget a key of its own.`,
      );
    }
    this.#keys.add(key);
  }

  hasKey(key: string): boolean {
    return this.#keys?.has(key) === true;
  }

  /** The identity of what comes next where the calling code stands: its key if given, else its label. */
  widgetId(kind: string, label: string, key: string | undefined): string {
    if (key !== undefined) this.takeKey(kind, key);
    return this.canvas.widgetId(place().container, kind, { label, key });
  }
}

/** Ends a run that a newer event replaces. */
export function replace(run: Run): void {
  run.end(replacedSignal);
}

/** Ends a run whose script has come to its end. */
export function close(run: Run): void {
  run.end(endedSignal);
}

/** Refuses that a cached function changes a page: who gets its value later would not see that. */
export function refuseFromCache(run: Run): void {
  const scope = scopes.getStore();
  if (scope?.run.isCached !== true || scope.run === run) return;
  throw new StrongroomError(
    "ERR_CACHE_ELEMENT",
    "A cached function changes a part of the page that was made outside of it, which those who get its value later " +
      "could not see. Make that part inside of the function, or change it after the call.",
  );
}

/** Where the code that runs now writes to. */
export interface Scope {
  readonly run: Run;
  readonly container: TreeNode;
  /** The code computes a value that others wait for as well: the end of this run does not cancel what it asked for. */
  readonly forOthers?: boolean;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Runs code with `st` writing into a container. */
export function within<T>(scope: Scope, body: () => T): T {
  return scopes.run(scope, body);
}

/** The scope of the calling code, or nothing outside of a run. */
export function currentScope(): Scope | undefined {
  return scopes.getStore();
}

/** The run of the calling code; throws outside of one, and once it has ended or been replaced. */
export function currentRun(): Run {
  return liveScope().run;
}

function liveScope(): Scope {
  const scope = scopes.getStore();
  if (scope === undefined) {
    throw new StrongroomError(
      "ERR_NO_RUN",
      "st was called outside of a run. Call it from a page's script, or from code that the script calls and awaits.",
    );
  }
  scope.run.check();
  return scope;
}

/** The run of the calling code and the container that it writes to. */
export function place(): Scope {
  const scope = liveScope();
  const { run } = scope;
  // A callback that the method calls has a scope of its own, which goes before the method's container.
  if (run.target !== undefined && run.targetScope === scope) return { run, container: run.target };
  return scope;
}
