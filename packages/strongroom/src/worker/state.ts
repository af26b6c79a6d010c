import { StrongroomError } from "./errors.ts";
import { currentRun } from "./run.ts";
import { unchanging } from "./shared-proxy.ts";
import { answerOf } from "./ask.ts";

/** What this viewer's tab remembers between runs, by name; widgets with a `key` are there under it. */
export interface SessionState {
  [name: string]: unknown;
}

function read(key: string): unknown {
  const run = currentRun();
  const { state, keyed } = run.session;
  if (state.has(key)) return state.get(key);
  const widget = keyed.get(key);
  return widget === undefined ? undefined : answerOf(run, widget);
}

function has(key: string): boolean {
  const { state, keyed } = currentRun().session;
  return state.has(key) || keyed.has(key);
}

function write(key: string, value: unknown): void {
  const run = currentRun();
  if (run.hasKey(key)) {
    throw new StrongroomError(
      "ERR_STATE_AFTER_WIDGET",
      `st.sessionState.${key} belongs to a widget that this run has shown already; set it above the widget, or in a callback.`,
    );
  }
  run.session.state.set(key, value);
}

function remove(key: string): void {
  const { state, keyed, widgets } = currentRun().session;
  state.delete(key);
  const widget = keyed.get(key);
  if (widget === undefined) return;
  widgets.delete(widget.id);
  keyed.delete(key);
}

function names(): string[] {
  const { state, keyed } = currentRun().session;
  return [...new Set([...state.keys(), ...keyed.keys()])];
}

const handler: ProxyHandler<SessionState> = {
  ...unchanging,
  get: (_, key) => (typeof key === "string" ? read(key) : undefined),
  has: (_, key) => typeof key === "string" && has(key),
  set(_, key, value) {
    if (typeof key !== "string") return false;
    write(key, value);
    return true;
  },
  deleteProperty(_, key) {
    if (typeof key === "string") remove(key);
    return true;
  },
  ownKeys: () => names(),
  getOwnPropertyDescriptor: (_, key) =>
    typeof key === "string" && has(key)
      ? { value: read(key), enumerable: true, configurable: true, writable: true }
      : undefined,
};

/** Names and values that this viewer's tab remembers between runs. Values are plain data, so that they survive a restart. */
export const sessionState: SessionState = new Proxy<SessionState>(
  Object.create(null) as SessionState,
  handler,
);
