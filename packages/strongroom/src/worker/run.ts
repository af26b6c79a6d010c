import { AsyncLocalStorage } from "node:async_hooks";
import type { Json } from "../wire/schema.ts";
import { StrongroomError } from "./errors.ts";
import type { Services } from "./services.ts";
import type { SessionStateStore } from "./session-state.ts";
import { rootId, type Props, type TreeNode } from "./tree.ts";

/** What a run reads and writes of its session. */
export interface RunSession {
  readonly page: string;
  readonly pages: readonly PageLink[];
  /** Answers by widget id. */
  readonly widgets: Map<string, Json>;
  readonly state: SessionStateStore;
  readonly services: Services;
  /** Values that `st.cacheData` and `st.cacheResource` keep for this session alone. */
  readonly local: Map<string, unknown>;
}

export interface PageLink {
  /** Where the page stands in the URL; empty for the first. */
  readonly path: string;
  readonly title: string;
  readonly icon: string;
}

/** Ends a run from inside; never caught by an author's code for long, since every later call throws again. */
export class RunSignal extends Error {
  readonly kind: "stop" | "rerun" | "replaced" | "switch";
  readonly page: string | undefined;

  constructor(kind: "stop" | "rerun" | "replaced" | "switch", page?: string) {
    super(`The run ended: ${kind}.`);
    this.kind = kind;
    this.page = page;
  }
}

/** One execution of a page, top to bottom, for one session. */
export class Run {
  readonly session: RunSession;
  readonly triggers: ReadonlyMap<string, Json>;
  readonly main: TreeNode = rootNode("main");
  /** Containers of this run, by id. */
  readonly containers = new Map<string, TreeNode>();
  /** Widgets that this run has shown. */
  readonly shown = new Set<string>();
  readonly #keys = new Set<string>();
  readonly #likes = new Map<string, number>();
  #side: TreeNode | undefined;
  #config: Props = {};
  #controller: AbortController | undefined;
  /** The container that a method call writes to, while it lasts. */
  target: TreeNode | undefined;
  /** Why every further call throws. */
  over: RunSignal | undefined;
  /** True when something was shown since the last flush. */
  dirty = false;
  query: string;
  /** For each form that clears itself: its widgets and the answers to go back to. */
  readonly resets = new Map<string, Map<string, Json>>();
  /** Forms whose submit button was pressed. */
  readonly submitted = new Set<string>();

  constructor(session: RunSession, options: { query: string; triggers: ReadonlyMap<string, Json> }) {
    this.session = session;
    this.query = options.query;
    this.triggers = options.triggers;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.over !== undefined) this.#controller.abort(this.over);
    return this.#controller.signal;
  }

  /** Every later call of this run throws the signal. */
  end(signal: RunSignal): void {
    this.over ??= signal;
    this.#controller?.abort(signal);
  }

  get side(): TreeNode {
    return (this.#side ??= rootNode("side"));
  }

  /** What was given to `st.setPageConfig`, by this and earlier calls of the run. */
  configure(config: Props): void {
    this.#config = { ...this.#config, ...config };
    this.dirty = true;
  }

  /** The roots of the tree as it stands. */
  roots(): readonly TreeNode[] {
    const { pages, page } = this.session;
    const links = pages.map(({ path, title, icon }) => ({ path, title, icon }));
    const props = { ...this.#config, pages: links, page } as unknown as Props;
    const head: TreeNode = { id: "page", kind: "page", parent: rootId, props, value: null, asking: undefined, children: undefined };
    return this.#side === undefined ? [head, this.main] : [head, this.#side, this.main];
  }

  /** A new identity: the key if given, else kind, label and position among its likes. */
  widgetId(kind: string, label: string, key: string | undefined): string {
    if (key === undefined) return this.#nth(`${kind}:${label.length > 120 ? label.slice(0, 120) : label}`);
    if (this.#keys.has(key)) {
      throw new StrongroomError("ERR_DUPLICATE_KEY", `The key "${key}" was used twice in this run; give each widget a key of its own.`);
    }
    this.#keys.add(key);
    return `${kind}#${key}`;
  }

  elementId(parent: TreeNode, kind: string): string {
    return this.#nth(`${parent.id}/${kind}`);
  }

  #nth(name: string): string {
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
          if (children !== undefined && index >= 0) children[index] = { ...(children[index] as TreeNode), value };
        }
      }
    }
  }

  hasKey(key: string): boolean {
    return this.#keys.has(key);
  }
}

function rootNode(id: string): TreeNode {
  return { id, kind: id, parent: rootId, props: {}, value: null, asking: undefined, children: [] };
}

/** Where the code that runs now writes to. */
export interface Scope {
  readonly run: Run;
  readonly container: TreeNode;
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
  const scope = scopes.getStore();
  if (scope === undefined) {
    throw new StrongroomError(
      "ERR_NO_RUN",
      "st was called outside of a run. Call it from a page's script, or from code that the script calls and awaits.",
    );
  }
  if (scope.run.over !== undefined) throw scope.run.over;
  return scope.run;
}

/** The run of the calling code and the container that it writes to. */
export function place(): Scope {
  const run = currentRun();
  if (run.target !== undefined) return { run, container: run.target };
  return scopes.getStore() as Scope;
}
