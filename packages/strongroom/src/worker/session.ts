import type { EventMessage, RefusalCode } from "../wire/messages.ts";
import { formSubmitButtonSpec } from "../elements/form-submit-button/form-submit-button.schema.ts";
import { formSpec } from "../elements/form/form.schema.ts";
import { s } from "../wire/s.ts";
import { decode as decodeJson, type Json, type Schema } from "../wire/schema.ts";
import type { User } from "../wire/worker-setup.ts";
import { limits } from "../wire/limits.ts";
import { isEmptyAnswer, isRequired } from "../wire/empty-answer.ts";
import { sameJson } from "../wire/same-json.ts";
import { decode, encode, NotPlainError } from "./codec.ts";
import type { FileFact } from "../wire/upload.ts";
import type { Keyed, PageLink, RunSession } from "./run.ts";
import type { Services } from "./services.ts";
import { SessionStateStore } from "./session-state.ts";
import { knowsFiles } from "./uploaded-file.ts";
import { WidgetMemory } from "./widget-memory.ts";
import { emptyTree, type Tree, type TreeNode } from "./tree.ts";

/** What the next run starts from. */
export interface Wanted {
  /** Number of the last event that it takes. */
  readonly event: number;
  readonly triggers: ReadonlyMap<string, Json>;
  /** Callbacks of widgets whose answer changed, in the order of the page. */
  readonly callbacks: readonly (() => unknown)[];
}

export type Accepted =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: RefusalCode; readonly at?: string };

const bytes: Schema<Uint8Array> = {
  expected: "bytes",
  check: (value, at) => (value instanceof Uint8Array ? undefined : { at, expected: "bytes" }),
};

const answer = s.json({ maxDepth: limits.valueDepth, maxNodes: limits.valueNodes });
const widgetId = s.string({ maxLength: limits.idChars });
const answers: Schema<ReadonlyMap<string, Json>> = {
  expected: "answers by widget",
  check(value, at) {
    const fits =
      value instanceof Map &&
      [...value].every(
        ([id, held]) => widgetId.check(id, at) === undefined && answer.check(held, at) === undefined,
      );
    return fits ? undefined : { at, expected: "answers by widget" };
  },
};

const coreSchema = s.object({
  v: s.literal(1),
  page: s.string({ maxLength: limits.pathChars }),
  query: s.string({ maxLength: limits.queryChars }),
  event: s.number({ min: 0, integer: true }),
  tree: s.number({ min: 0, integer: true }),
  widgets: answers,
  /** Key and id of each widget with a key, and its answer in the author's form where that is another. */
  keyed: s.array(s.tuple(s.string({ maxLength: 1_000 }), widgetId, s.nullable(bytes)), { max: 100_000 }),
  /** Widgets whose answer outlives them, those that show what is wrong. */
  kept: s.optional(s.array(s.tuple(widgetId, s.literal("page", "session")), { max: 100_000 })),
  touched: s.optional(s.array(widgetId, { max: 100_000 })),
  /** Name the secrets that what is kept may hold. */
  secrets: s.optional(s.array(s.string({ maxLength: 43 }), { max: 100_000 })),
});

/** One viewer's tab, as the worker keeps it between runs. */
export class WorkerSession implements RunSession {
  readonly number: number;
  readonly services: Services;
  readonly widgets = new Map<string, Json>();
  readonly state: SessionStateStore;
  readonly keyed = new Map<string, Keyed>();
  readonly memory = new WidgetMemory();
  readonly files = new Map<string, FileFact>();
  readonly bereft = new Set<string>();
  readonly local = new Set<string>();
  viewer = "";
  user: User = { isLoggedIn: false };
  isClosed = false;
  pages: readonly PageLink[] = [];
  page = "";
  query = "";
  /** Number of the last event taken. */
  event = 0;
  /** The tree that the browser shows. */
  sent: Tree = emptyTree;
  treeNumber = 0;
  wanted: Wanted | undefined;
  /** Name the secrets that it may have seen. */
  #secrets: readonly string[];

  constructor(number: number, services: Services) {
    this.number = number;
    this.services = services;
    this.#secrets = services.secretStamps?.slice(0, 1) ?? [];
    this.state = new SessionStateStore(services.options.enforceSerializableSessionState);
  }

  /** True when every widget that an event answers stands in the tree. */
  knows({ values, trigger }: EventMessage): boolean {
    for (const id in values) if (!this.sent.byId.has(id)) return false;
    return trigger === undefined || this.sent.byId.has(trigger.id);
  }

  /**
   * Takes an event, or refuses it whole: nothing of a refused event reaches the author's code. `left` is what the run
   * that it replaces has not come to.
   */
  accept(event: EventMessage, left?: Pick<Wanted, "triggers" | "callbacks">): Accepted {
    const refused = this.#refusalOf(event);
    this.event = Math.max(this.event, event.n);
    if (refused !== undefined) return refused;
    if (event.query !== undefined) {
      this.query = event.query;
      this.memory.goTo(event.query, this.widgets);
    }
    const callbacks = new Map<string, () => unknown>();
    for (const [id, value] of Object.entries(event.values ?? {})) this.#answer(id, value, callbacks);
    const triggers = new Map(left?.triggers);
    if (event.trigger !== undefined) {
      const { id, value = true } = event.trigger;
      triggers.set(id, value);
      const asking = this.sent.byId.get(id)?.asking;
      const onPress = asking?.onPress;
      if (onPress !== undefined) callbacks.set(id, () => onPress(value));
      else if (asking?.onChange !== undefined && asking.spec.press === undefined)
        callbacks.set(id, asking.onChange);
      this.#tryToSend(id);
    }
    if (event.page !== undefined && event.page !== this.page) this.turnTo(event.page, event.query ?? "");
    this.wanted = {
      event: this.event,
      triggers,
      callbacks: [...(left?.callbacks ?? []), ...this.#inOrder(callbacks)],
    };
    return { ok: true };
  }

  #answer(id: string, value: Json, callbacks: Map<string, () => unknown>): void {
    const node = this.sent.byId.get(id);
    if (node === undefined) return;
    if (node.asking?.onChange !== undefined && !sameJson(value, this.widgets.get(id)))
      callbacks.set(id, node.asking.onChange);
    const { key, isChecked } = node.asking ?? {};
    if (isChecked === true) this.memory.touched.add(id);
    if (key !== undefined && this.memory.bound.has(key)) this.memory.read.add(key);
    this.widgets.set(id, value);
    this.sent.byId.set(id, { ...node, value });
  }

  /** Whoever presses the button of a form has answered all of it. */
  #tryToSend(button: string): void {
    const form = this.#formOf(button);
    if (form === undefined) return;
    this.memory.touched.add(form);
    for (const { id, asking } of this.#within(form))
      if (asking?.isChecked === true) this.memory.touched.add(id);
  }

  /** The form that a submit button sends. */
  #formOf(button: string): string | undefined {
    let node = this.sent.byId.get(button);
    if (node?.kind !== formSubmitButtonSpec.kind) return undefined;
    while (node !== undefined && node.kind !== formSpec.kind) node = this.sent.byId.get(node.parent);
    return node?.id;
  }

  *#within(form: string): Generator<TreeNode> {
    for (const id of this.sent.order.get(form) ?? []) {
      const node = this.sent.byId.get(id);
      if (node !== undefined) yield node;
      yield* this.#within(id);
    }
  }

  /** Callbacks in the order in which their widgets stand on the page. */
  #inOrder(callbacks: ReadonlyMap<string, () => unknown>): readonly (() => unknown)[] {
    if (callbacks.size < 2) return [...callbacks.values()];
    const ordered: (() => unknown)[] = [];
    for (const id of this.sent.byId.keys()) {
      const callback = callbacks.get(id);
      if (callback !== undefined) ordered.push(callback);
    }
    return ordered;
  }

  /** Goes to another page: answers belong to the page that asked. */
  turnTo(page: string, query: string): void {
    this.page = page;
    this.query = query;
    this.memory.turnPage(this.widgets);
    for (const [key, { id }] of this.keyed) if (!this.widgets.has(id)) this.keyed.delete(key);
  }

  #refusalOf(event: EventMessage): Extract<Accepted, { ok: false }> | undefined {
    if (event.tree > this.treeNumber) return { ok: false, code: "future-tree" };
    for (const id in event.values) {
      const node = this.sent.byId.get(id);
      if (node?.asking === undefined) return { ok: false, code: "unknown-widget" };
      if (node.asking.disabled) return { ok: false, code: "disabled", at: id };
      const fits =
        node.asking.spec.trigger !== true &&
        decodeJson(node.asking.spec.value(node.props), event.values[id]).ok &&
        knowsFiles(this.files, id, event.values[id]);
      if (!fits) return { ok: false, code: "invalid-value", at: id };
    }
    if (event.trigger !== undefined) {
      const { id, value = true } = event.trigger;
      const asking = this.sent.byId.get(id)?.asking;
      if (asking === undefined) return { ok: false, code: "unknown-widget" };
      const clicks = asking.spec.trigger === true ? asking.spec.value : asking.spec.press;
      if (clicks === undefined) return { ok: false, code: "not-a-trigger", at: id };
      if (asking.disabled) return { ok: false, code: "disabled", at: id };
      const { props } = this.sent.byId.get(id) as TreeNode;
      if (!decodeJson(clicks(props), value).ok) return { ok: false, code: "invalid-value", at: id };
      const lacking = this.#lackingIn(id, event);
      if (lacking !== undefined) return { ok: false, code: "invalid-value", at: lacking };
    }
    if (event.page !== undefined && !this.pages.some(({ path }) => path === event.page))
      return { ok: false, code: "unknown-page" };
    return undefined;
  }

  /** The first widget of a button's form that is required, and would be sent empty. */
  #lackingIn(button: string, { values = {} }: EventMessage): string | undefined {
    const form = this.#formOf(button);
    if (form === undefined) return undefined;
    for (const { id, props, asking, value } of this.#within(form)) {
      if (asking === undefined || asking.disabled || !isRequired(props)) continue;
      if (isEmptyAnswer(Object.hasOwn(values, id) ? values[id] : value)) return id;
    }
    return undefined;
  }

  /** The small part of the session as bytes: all but its state. */
  dumpCore(): Buffer {
    const { page, query, event, treeNumber: tree } = this;
    const keyed = [...this.keyed].map(([key, widget]) => [key, widget.id, this.#dumpAnswer(widget)]);
    const { kept, touched } = this.memory;
    return encode({
      v: 1,
      page,
      query,
      event,
      tree,
      widgets: this.widgets,
      keyed,
      ...(kept.size === 0 ? {} : { kept: [...kept] }),
      ...(touched.size === 0 ? {} : { touched: [...touched] }),
      ...(this.#secrets.length === 0 ? {} : { secrets: this.#secrets }),
    });
  }

  #dumpAnswer({ id, fromWire, isTrigger, isChecked }: Keyed): Uint8Array | null {
    if (fromWire === undefined) return null;
    try {
      return encode(fromWire(isTrigger ? undefined : this.widgets.get(id)));
    } catch (error) {
      // What a schema does not take, or cannot judge, is no answer.
      if (isChecked === true) return encode(undefined);
      // An option that is not plain data: it is known again once its widget is shown.
      if (error instanceof NotPlainError) return null;
      throw error;
    }
  }

  /**
   * Takes up what another worker dumped. The tree's number goes on from the largest that the browser may know. What a
   * script has kept when it had other secrets than this server knows is left out: nobody would hide them.
   */
  restore(
    core: Uint8Array,
    state: Uint8Array,
    fresh: { readonly treeNumber: number; readonly query: string },
  ): void {
    const decoded = decodeJson(coreSchema, decode(core));
    if (!decoded.ok)
      throw new RangeError(`The session's dump: ${decoded.expected} was expected at ${decoded.at}.`);
    const { page, query, event, tree, widgets, keyed, kept = [], touched = [] } = decoded.value;
    for (const [id, keeping] of kept) this.memory.kept.set(id, keeping);
    for (const id of touched) this.memory.touched.add(id);
    const { secrets = [] } = decoded.value;
    const known = this.services.secretStamps ?? secrets;
    const isKnown = secrets.every((stamp) => known.includes(stamp));
    if (isKnown) this.#secrets = [...new Set([...this.#secrets, ...secrets])];
    this.page = page;
    this.query = isKnown ? query : fresh.query;
    this.event = event;
    this.treeNumber = Math.max(tree, fresh.treeNumber);
    for (const [id, value] of widgets) this.widgets.set(id, value);
    for (const [key, id, answer] of keyed) {
      this.keyed.set(key, {
        id,
        fromWire: answer === null || !isKnown ? undefined : () => decode(answer),
        isTrigger: false,
      });
    }
    if (!isKnown) this.state.forgo();
    else if (state.length > 0) this.state.restore(state);
  }
}
