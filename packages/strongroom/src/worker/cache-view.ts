import { AsyncLocalStorage } from "node:async_hooks";
import { handleName, shownBy, type Shown } from "./cache-shown.ts";
import { StrongroomError } from "./errors.ts";
import { close, Run, within, type RunSession } from "./run.ts";
import type { Offered, Services } from "./services.ts";
import { emptyTree } from "./tree.ts";

/** Who shares a value: everybody, one viewer's tabs, or one tab. */
export type CacheScope = "global" | "viewer" | "session";

/**
 * A session as a cached function sees it: what belongs to fewer people than the value is kept for is not there. A name
 * that is added to `RunSession` does not compile until it is said here whose it is.
 */
class SessionView implements RunSession {
  /** Nothing once the function has ended: a timer that it left behind must not hold a viewer's session. */
  #whole: RunSession | undefined;
  readonly #scope: CacheScope;
  readonly services: Services;

  constructor(session: RunSession, scope: CacheScope, services: Services) {
    this.#whole = session;
    this.#scope = scope;
    this.services = services;
  }

  get number(): number {
    return this.#session.number;
  }

  get isClosed(): boolean {
    return this.#whole?.isClosed ?? true;
  }

  end(): void {
    this.#whole = undefined;
  }

  get #session(): RunSession {
    if (this.#whole !== undefined) return this.#whole;
    throw new StrongroomError("ERR_RUN_ENDED", "A cached function has ended; await in it what it starts.");
  }

  get viewer(): string {
    if (this.#scope === "global") throw this.#refuse("Who is looking", "viewer");
    return this.#session.viewer;
  }

  get user(): RunSession["user"] {
    if (this.#scope === "global") throw this.#refuse("st.user", "viewer");
    return this.#session.user;
  }

  get state(): RunSession["state"] {
    return this.#own("st.sessionState").state;
  }

  get query(): string {
    return this.#own("st.queryParams").query;
  }

  set query(query: string) {
    this.#own("st.queryParams").query = query;
  }

  get page(): string {
    return this.#own("The page").page;
  }

  get pages(): RunSession["pages"] {
    return this.#own("The menu").pages;
  }

  get files(): RunSession["files"] {
    return this.#own("A file of the viewer").files;
  }

  get bereft(): RunSession["bereft"] {
    return this.#own("A file of the viewer").bereft;
  }

  get widgets(): RunSession["widgets"] {
    return this.#own("A widget's answer").widgets;
  }

  get memory(): RunSession["memory"] {
    return this.#own("A widget's answer").memory;
  }

  get keyed(): RunSession["keyed"] {
    return this.#own("A widget's answer").keyed;
  }

  get local(): RunSession["local"] {
    return this.#own("What is kept for one session").local;
  }

  /** The whole session, where the value is for it alone. */
  #own(what: string): RunSession {
    if (this.#scope !== "session") throw this.#refuse(what, "session");
    return this.#session;
  }

  #refuse(what: string, scope: CacheScope): StrongroomError {
    const others = this.#scope === "global" ? "all viewers" : "all tabs of a viewer";
    return new StrongroomError(
      "ERR_CACHE_SCOPE",
      `${what} belongs to one ${scope}, and this cached function keeps its value for ${others}. ` +
        `Pass what it needs as an argument, or keep values apart with { scope: "${scope}" }.`,
    );
  }
}

/** What an app's own `AsyncLocalStorage` holds in a run is not there: it would be no part of the key. */
const outside = AsyncLocalStorage.snapshot();

/** A run of its own for one computation: it outlives the run that calls, and what it shows is kept beside the value. */
export class CacheWork {
  readonly #run: Run;
  readonly #view: SessionView;
  readonly #offered = new Map<string, Offered>();

  constructor(caller: Run, scope: CacheScope) {
    const { session } = caller;
    const { ask } = session.services;
    const services: Services = {
      ...session.services,
      ask: (number, request, signal) => {
        // What is asked with a viewer's rights is that viewer's.
        if ("asViewer" in request && request.asViewer === true) void view.viewer;
        return ask(number, request, signal);
      },
      offer: (_, content) => {
        const name = handleName(content);
        this.#offered.set(name, content);
        return name;
      },
    };
    const view = new SessionView(session, scope, services);
    this.#view = view;
    this.#run = new Run(view, emptyTree, new Map());
    this.#run.isCached = true;
    this.#run.caller = caller;
  }

  call<T>(body: () => T): T {
    const run = this.#run;
    return outside(() => within({ run, container: run.canvas.main, forOthers: true }, body));
  }

  /** Ends the run; answers what it has shown. */
  end(): Shown | undefined {
    const shown = shownBy(this.#run, this.#offered);
    close(this.#run);
    this.#run.caller = undefined;
    this.#view.end();
    return shown;
  }
}
