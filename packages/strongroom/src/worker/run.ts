import { AsyncLocalStorage } from "node:async_hooks";
import type { Json } from "../wire/schema.ts";
import { badOption, StrongroomError } from "./errors.ts";
import type { Services } from "./services.ts";
import type { SessionStateStore } from "./session-state.ts";
import { rootId, type Props, type TreeNode } from "./tree.ts";

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
  readonly state: SessionStateStore;
  readonly services: Services;
  /** Values that `st.cacheData` and `st.cacheResource` keep for this session alone. */
  readonly local: Map<string, unknown>;
}

/** A widget with a key. */
export interface Keyed {
  readonly id: string;
  /** The author's form of its answer. Default: as it is. */
  readonly fromWire: ((value: Json | undefined) => unknown) | undefined;
  readonly isTrigger: boolean;
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
  readonly page: string | undefined;

  constructor(kind: RunEnd, page?: string) {
    super(`The run is over (${kind}).`);
    this.kind = kind;
    this.page = page;
  }
}

const endedSignal = new RunSignal("ended");
const replacedSignal = new RunSignal("replaced");
const noTriggers: ReadonlyMap<string, Json> = new Map();
const maxKeyChars = 200;
const maxElements = 20_000;

/** One execution of a page, top to bottom, for one session. */
export class Run {
  readonly session: RunSession;
  readonly main: TreeNode = rootNode("main");
  /** Containers of this run, by id. */
  readonly containers = new Map<string, TreeNode>();
  /** Widgets that this run has shown. */
  readonly shown = new Set<string>();
  /** The container that a method call writes to while it lasts, and the scope in which it was called. */
  target: TreeNode | undefined;
  targetScope: Scope | undefined;
  /** Why every further call throws. */
  over: RunSignal | undefined;
  /** True when something was shown since the last flush. */
  dirty = false;
  /** True once the page's own code runs: before that, callbacks do. */
  begun = false;
  /** For each form that clears itself: its widgets and the answers to go back to. */
  readonly resets = new Map<string, Map<string, Json>>();
  /** Forms whose submit button was pressed. */
  readonly submitted = new Set<string>();
  readonly #keys = new Set<string>();
  readonly #likes = new Map<string, number>();
  #triggers: ReadonlyMap<string, Json>;
  #told: Set<string> | undefined;
  #side: TreeNode | undefined;
  #config: Props = {};
  #controller: AbortController | undefined;
  #elements = 0;

  constructor(session: RunSession, triggers: ReadonlyMap<string, Json>) {
    this.session = session;
    this.#triggers = triggers;
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

  /** The click on a widget, if it caused this run. From here on it is used up. */
  trigger(id: string): Json | undefined {
    const value = this.#triggers.get(id);
    if (value !== undefined) (this.#told ??= new Set()).add(id);
    return value;
  }

  /** Clicks that the script has not come to: the run that replaces this one takes them over. */
  leftTriggers(): ReadonlyMap<string, Json> {
    if (this.#triggers.size === 0 || this.#told === undefined) return this.#triggers;
    return new Map([...this.#triggers].filter(([id]) => this.#told?.has(id) !== true));
  }

  dropTriggers(): void {
    this.#triggers = noTriggers;
  }

  get side(): TreeNode {
    return (this.#side ??= rootNode("side"));
  }

  /** Takes everything off the page. */
  clear(): void {
    this.main.children?.splice(0);
    this.#side = undefined;
    this.#config = {};
  }

  /** What was given to `st.setPageConfig`, by this and earlier calls of the run. */
  configure(config: Props): void {
    this.#config = { ...this.#config, ...config };
    this.dirty = true;
  }

  /** The roots of the tree as it stands. */
  roots(): readonly TreeNode[] {
    const { pages, page } = this.session;
    // A page's link is plain data; an interface has no index signature that would say so.
    const props = { ...this.#config, pages, page } as unknown as Props;
    const head: TreeNode = {
      id: "page",
      kind: "page",
      parent: rootId,
      props,
      value: null,
      asking: undefined,
      children: undefined,
    };
    return this.#side === undefined ? [head, this.main] : [head, this.#side, this.main];
  }

  /** A new identity: the key if given, else kind, label and position among its likes. */
  widgetId(kind: string, label: string, key: string | undefined): string {
    if (key === undefined)
      return this.#nth(`${kind}:${label.length > 120 ? label.slice(0, 120).toWellFormed() : label}`);
    if (typeof key !== "string" || key === "" || key.length > maxKeyChars)
      throw badOption(kind, "key", `text of 1 to ${maxKeyChars} characters`);
    if (this.#keys.has(key)) {
      throw new StrongroomError(
        "ERR_DUPLICATE_KEY",
        `The key "${key}" was used twice in this run; give each widget a key of its own.`,
      );
    }
    this.#keys.add(key);
    return `${kind}#${key}`;
  }

  elementId(parent: TreeNode, kind: string): string {
    return this.#nth(`${parent.id}/${kind}`);
  }

  #nth(name: string): string {
    if (++this.#elements > maxElements) {
      throw new StrongroomError(
        "ERR_TOO_LARGE",
        `A page holds at most ${maxElements.toLocaleString("en")} elements; show many rows with st.dataframe.`,
      );
    }
    const count = this.#likes.get(name) ?? 0;
    this.#likes.set(name, count + 1);
    return count === 0 ? name : `${name}.${count}`;
  }

  /** Puts the widgets of submitted forms that clear themselves back to their first answers. */
  clearSubmitted(): void {
    for (const form of this.submitted) {
      for (const [id, value] of this.resets.get(form) ?? []) {
        this.session.widgets.set(id, value);
        for (const { children } of this.containers.values()) {
          const index = children?.findIndex((node) => node.id === id) ?? -1;
          if (children !== undefined && index >= 0)
            children[index] = { ...(children[index] as TreeNode), value };
        }
      }
    }
  }

  hasKey(key: string): boolean {
    return this.#keys.has(key);
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

function rootNode(id: string): TreeNode {
  return { id, kind: id, parent: rootId, props: {}, value: null, asking: undefined, children: [] };
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
