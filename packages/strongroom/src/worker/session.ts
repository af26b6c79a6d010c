import type { EventMessage, RefusalCode } from "../wire/messages.ts";
import { s } from "../wire/s.ts";
import { decode as decodeJson, type Json } from "../wire/schema.ts";
import { limits } from "../wire/limits.ts";
import { decode, encode } from "./codec.ts";
import type { PageLink, RunSession } from "./run.ts";
import type { Services } from "./services.ts";
import { SessionStateStore } from "./session-state.ts";
import { emptyTree, type Tree, type TreeNode } from "./tree.ts";

/** What the next run starts from. */
export interface Wanted {
  /** Number of the last event that it takes. */
  readonly event: number;
  readonly triggers: ReadonlyMap<string, Json>;
  /** Callbacks of widgets whose answer changed, in the order of the page. */
  readonly callbacks: readonly (() => unknown)[];
}

export type Accepted = { readonly ok: true } | { readonly ok: false; readonly code: RefusalCode; readonly at?: string };

const coreSchema = s.object({
  v: s.literal(1),
  page: s.string({ maxLength: limits.pathChars }),
  query: s.string({ maxLength: limits.queryChars }),
  event: s.number({ min: 0, integer: true }),
  tree: s.number({ min: 0, integer: true }),
  widgets: s.record(s.json({ maxDepth: limits.valueDepth, maxNodes: limits.valueNodes }), { maxKeys: 10_000, maxKeyLength: limits.idChars }),
});

/** One viewer's tab, as the worker keeps it between runs. */
export class WorkerSession implements RunSession {
  readonly number: number;
  readonly services: Services;
  readonly widgets = new Map<string, Json>();
  readonly state: SessionStateStore;
  readonly local = new Map<string, unknown>();
  pages: readonly PageLink[] = [];
  page = "";
  query = "";
  /** Number of the last event taken. */
  event = 0;
  /** The tree that the browser shows. */
  sent: Tree = emptyTree;
  treeNumber = 0;
  wanted: Wanted | undefined;

  constructor(number: number, services: Services) {
    this.number = number;
    this.services = services;
    this.state = new SessionStateStore(services.options.enforceSerializableSessionState);
  }

  /** Takes an event, or refuses it whole: nothing of a refused event reaches the author's code. */
  accept(event: EventMessage): Accepted {
    const refused = this.#refusalOf(event);
    this.event = Math.max(this.event, event.n);
    if (refused !== undefined) return refused;
    const callbacks: (() => unknown)[] = [...(this.wanted?.callbacks ?? [])];
    for (const [id, value] of Object.entries(event.values ?? {})) {
      const node = this.sent.byId.get(id) as TreeNode;
      this.widgets.set(id, value);
      (this.sent.byId as Map<string, TreeNode>).set(id, { ...node, value });
      if (node.asking?.onChange !== undefined) callbacks.push(node.asking.onChange as () => unknown);
    }
    const triggers = new Map(this.wanted?.triggers);
    if (event.trigger !== undefined) {
      triggers.set(event.trigger.id, event.trigger.value ?? true);
      const clicked = this.sent.byId.get(event.trigger.id)?.asking?.onChange;
      if (clicked !== undefined) callbacks.push(clicked as () => unknown);
    }
    if (event.query !== undefined) this.query = event.query;
    if (event.page !== undefined && event.page !== this.page) this.turnTo(event.page);
    this.wanted = { event: this.event, triggers, callbacks };
    return { ok: true };
  }

  /** Goes to another page: answers belong to the page that asked. */
  turnTo(page: string): void {
    this.page = page;
    this.widgets.clear();
  }

  #refusalOf(event: EventMessage): Extract<Accepted, { ok: false }> | undefined {
    if (event.tree > this.treeNumber) return { ok: false, code: "future-tree" };
    for (const id in event.values) {
      const node = this.sent.byId.get(id);
      if (node?.asking === undefined) return { ok: false, code: "unknown-widget" };
      if (node.asking.disabled) return { ok: false, code: "disabled", at: id };
      const fits =
        node.asking.spec.trigger !== true && decodeJson(node.asking.spec.value(node.props), event.values[id]).ok;
      if (!fits) return { ok: false, code: "invalid-value", at: id };
    }
    if (event.trigger !== undefined) {
      const { id, value = true } = event.trigger;
      const asking = this.sent.byId.get(id)?.asking;
      if (asking === undefined) return { ok: false, code: "unknown-widget" };
      if (asking.spec.trigger !== true) return { ok: false, code: "not-a-trigger", at: id };
      if (asking.disabled) return { ok: false, code: "disabled", at: id };
      const { props } = this.sent.byId.get(id) as TreeNode;
      if (!decodeJson(asking.spec.value(props), value).ok) return { ok: false, code: "invalid-value", at: id };
    }
    if (event.page !== undefined && !this.pages.some(({ path }) => path === event.page)) return { ok: false, code: "unknown-page" };
    return undefined;
  }

  /** The small part of the session as bytes: all but its state. */
  dumpCore(): Buffer {
    const widgets = Object.fromEntries(this.widgets);
    return encode({ v: 1, page: this.page, query: this.query, event: this.event, tree: this.treeNumber, widgets });
  }

  /** Takes up what another worker dumped. The tree's number goes on from the largest that the browser may know. */
  restore(core: Uint8Array, state: Uint8Array, treeAtLeast: number): void {
    const decoded = decodeJson(coreSchema, decode(core));
    if (!decoded.ok) throw new RangeError(`The session's dump: ${decoded.expected} was expected at ${decoded.at}.`);
    const { page, query, event, tree, widgets } = decoded.value;
    this.page = page;
    this.query = query;
    this.event = event;
    this.treeNumber = Math.max(tree, treeAtLeast);
    for (const [id, value] of Object.entries(widgets)) this.widgets.set(id, value);
    if (state.length > 0) this.state.restore(state);
  }
}
