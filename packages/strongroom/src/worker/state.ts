import { StrongroomError } from "./errors.ts";
import { currentRun, type Run } from "./run.ts";

/** What this viewer's tab remembers between runs, by name; widgets with a `key` are there under it. */
export interface SessionState {
  [name: string]: unknown;
}

function widgetNode(run: Run, key: string): { id: string; fromWire: (value: never) => unknown } | undefined {
  for (const id of run.shown) {
    const at = id.indexOf("#");
    if (at > 0 && id.slice(at + 1) === key) return { id, fromWire: (value) => value };
  }
  return undefined;
}

function read(key: string): unknown {
  const run = currentRun();
  const { state, widgets } = run.session;
  if (state.has(key)) return state.get(key);
  const author = run.answers.get(key);
  if (author !== undefined) return author.value;
  for (const [id, value] of widgets) {
    const at = id.indexOf("#");
    if (at > 0 && !id.slice(0, at).includes(":") && id.slice(at + 1) === key) return run.lastAnswer(id, value);
  }
  return undefined;
}

const handler: ProxyHandler<SessionState> = {
  get: (_, key) => (typeof key === "string" ? read(key) : undefined),
  has: (_, key) => typeof key === "string" && read(key) !== undefined,
  set(_, key, value) {
    if (typeof key !== "string") return false;
    const run = currentRun();
    if (widgetNode(run, key) !== undefined) {
      throw new StrongroomError(
        "ERR_STATE_AFTER_WIDGET",
        `st.sessionState.${key} belongs to a widget that this run has shown already; set it above the widget, or in a callback.`,
      );
    }
    run.session.state.set(key, value);
    return true;
  },
  deleteProperty(_, key) {
    if (typeof key === "string") currentRun().session.state.delete(key);
    return true;
  },
  ownKeys: () => [...currentRun().session.state.keys()],
  getOwnPropertyDescriptor: (_, key) =>
    typeof key === "string" && currentRun().session.state.has(key)
      ? { value: read(key), enumerable: true, configurable: true, writable: true }
      : undefined,
};

/** Names and values that this viewer's tab remembers between runs. Values are plain data, so that they survive a restart. */
export const sessionState: SessionState = new Proxy<SessionState>(Object.create(null) as SessionState, handler);
