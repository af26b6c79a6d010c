import { uncaughtId } from "../elements/exception/exception.schema.ts";
import { limits } from "../wire/limits.ts";
import type { DownMessage, EventMessage, PatchMessage, RefusalCode, TreeMessage } from "../wire/messages.ts";
import { sameJson } from "../wire/same-json.ts";
import { s } from "../wire/s.ts";
import type { Infer, Json } from "../wire/schema.ts";
import { Drafts, draftsSchema } from "./drafts.ts";
import { Outbox, outboxSchema, type Act } from "./outbox.ts";
import { answersAmong, enterButton, membersOf, quietAnswers, waits } from "./page-forms.ts";
import { PageTree } from "./page-tree.ts";
import { propOf } from "./prop-of.ts";
import { RunProgress } from "./run-progress.ts";
import { Signal } from "./signal.ts";
import { Slots, type Shown } from "./slots.ts";
import { refusalWords } from "./words.ts";

/** What a view can do; stays the same object while the element lives. */
export interface Actions {
  readonly setDraft: (value: Json) => void;
  readonly answer: (value: Json, refusal: string | undefined) => void;
  readonly press: (value?: Json) => void;
  readonly submit: (refusal: string | undefined) => void;
}

export interface Place {
  readonly page: string;
  readonly query: string;
}

export const storeSchema = s.object({ drafts: draftsSchema, outbox: outboxSchema });
export type StoreDump = Infer<typeof storeSchema>;

/** Why the page must be fetched whole: what came does not fit what is shown. */
export class OutOfStep extends Error {}

/** The page as the viewer sees it: the server's elements, under what the viewer has typed and answered since. */
export class Store {
  readonly #tree = new PageTree();
  #drafts = new Drafts();
  #outbox = new Outbox();
  readonly #slots = new Slots((id) => this.#show(id));
  readonly #actions = new Map<string, Actions>();
  readonly #progress = new RunProgress(this.#tree);
  #isLost = false;
  /** How many messages wait for their code. */
  #awaited = 0;
  /** The form that was sent last. */
  #tried: { readonly event: number; readonly form: string } | undefined;

  readonly isRunning: Signal<boolean> = this.#progress.isRunning;
  readonly place: Signal<Place> = new Signal<Place>({ page: "", query: "" });
  /** Events wait to be sent; urgent is what is more than an answer, and what asks while nothing else is under way. */
  onEvents: (isUrgent: boolean) => void = () => undefined;
  /** Something changed that a refresh must not lose. */
  onChange: () => void = () => undefined;
  /** Why an answer would not be taken, in words: what the code of its view knows. */
  refusalOf: (kind: string, props: Json, answer: Json) => string | undefined = () => undefined;
  /** Fetches the code that these kinds are drawn with; nothing where there is none to wait for. */
  fetchCode: (kinds: ReadonlySet<string>) => Promise<void> | undefined = () => undefined;
  /** A form was not sent because of this widget's answer. */
  onMistake: (id: string) => void = () => undefined;

  get treeNumber(): number {
    return this.#tree.number;
  }

  // Reading

  /** What is shown of one element; its followers hear only of changes to it. */
  shown(id: string): Signal<Shown> {
    return this.#slots.get(id);
  }

  actions(id: string): Actions {
    let actions = this.#actions.get(id);
    if (actions === undefined) {
      actions = {
        setDraft: (value) => this.#draft(id, value),
        answer: (value, refusal) => this.#answer(id, value, refusal),
        press: (value) => this.#press(id, value),
        submit: (refusal) => this.#submit(id, refusal),
      };
      this.#actions.set(id, actions);
    }
    return actions;
  }

  /** The kinds of these elements, else of all on the page. */
  kinds(ids: Iterable<string> = this.#tree.within("")): ReadonlySet<string> {
    const kinds = new Set<string>();
    for (const id of ids) {
      const kind = this.#tree.node(id)?.kind;
      if (kind !== undefined) kinds.add(kind);
    }
    return kinds;
  }

  #show(id: string): Shown {
    return {
      node: this.#tree.node(id),
      value: this.#valueOf(id),
      childIds: this.#tree.children(id),
      refusal: this.#drafts.refusal(id) ?? this.#verdictOn(id),
      isStale: this.#progress.isStale(id),
    };
  }

  /** What the author's code said of the answer, as long as that is what stands there. */
  #verdictOn(id: string): string | undefined {
    const node = this.#tree.node(id);
    const invalid = propOf(node?.props ?? null, "invalid");
    return typeof invalid === "string" && sameJson(this.#valueOf(id), node?.value) ? invalid : undefined;
  }

  #valueOf(id: string): Json {
    const draft = this.#drafts.get(id);
    return draft === undefined ? this.#answered(id) : draft.value;
  }

  /** The answer on its way, else the server's. */
  #answered(id: string): Json {
    let value = this.#tree.node(id)?.value ?? null;
    for (const { n, values } of this.#outbox.events) {
      if (n > this.#progress.taken && values !== undefined && Object.hasOwn(values, id))
        value = values[id] ?? null;
    }
    return value;
  }

  /** Shows what changed of the elements that the viewer is at, else of all. */
  #refresh(ids?: Iterable<string>): void {
    if (ids !== undefined || this.#awaited === 0) this.#slots.refresh(ids);
  }

  /** Holds what the server changes until its code is there: what came piece by piece would push the rest about. */
  #await(ids?: Iterable<string>): void {
    const coming = this.fetchCode(this.kinds(ids));
    if (coming === undefined) return;
    this.#awaited++;
    void coming.then(() => {
      this.#awaited--;
      this.#refresh();
    });
  }

  /** Draws the elements of a kind again: its code has come. */
  redraw(kind: string): void {
    this.#slots.redraw(kind);
  }

  // What the viewer does

  #draft(id: string, value: Json): void {
    this.#drafts.set(id, { value, since: this.#outbox.last, held: false });
    this.#refresh([id]);
    this.onChange();
  }

  #answer(id: string, value: Json, refusal: string | undefined): void {
    const node = this.#tree.node(id);
    if (node === undefined) return;
    const isSame = refusal === undefined && sameJson(value, this.#answered(id));
    if (isSame) this.#drafts.delete(id);
    else if (refusal !== undefined || waits(this.#tree, node)) {
      this.#drafts.set(id, { value, since: this.#outbox.last, held: true }, refusal);
    } else {
      this.#drafts.delete(id);
      this.#add({ values: { [id]: value } });
    }
    this.#refresh([id]);
    this.onChange();
  }

  #press(id: string, value?: Json): void {
    const form = this.#tree.enclosing(id, "form");
    const members = membersOf(this.#tree, form);
    const mistaken = members.filter((member) => this.#isMistaken(member));
    if (mistaken[0] !== undefined) {
      this.#refresh(mistaken);
      return this.onMistake(mistaken[0]);
    }
    const values = this.#drafts.take(answersAmong(this.#tree, this.#drafts, members));
    this.#add({ values, trigger: value === undefined ? { id } : { id, value } });
    this.#tried = form && { event: this.#outbox.last, form: form.id };
  }

  /** True where the answer cannot be sent with its form: it does not fit, or one that is required was never given. */
  #isMistaken(id: string): boolean {
    if (this.#drafts.refusal(id) !== undefined) return true;
    const { kind, props = null } = this.#tree.node(id) ?? {};
    if (kind === undefined || !isTrue(props, "required") || isTrue(props, "disabled")) return false;
    const value = this.#valueOf(id);
    const refusal = this.refusalOf(kind, props, value);
    if (refusal !== undefined) this.#drafts.set(id, { value, since: this.#outbox.last, held: true }, refusal);
    return refusal !== undefined;
  }

  #submit(id: string, refusal: string | undefined): void {
    const form = this.#tree.enclosing(id, "form");
    const draft = this.#drafts.get(id);
    if (form === undefined) return draft === undefined ? undefined : this.#answer(id, draft.value, refusal);
    if (draft !== undefined) this.#answer(id, draft.value, refusal);
    const button = enterButton(this.#tree, form);
    if (button !== undefined) this.#press(button);
  }

  /** Goes to another page, or to another query string of this one. */
  go(place: Partial<Place>): void {
    this.#add(place);
    this.place.set({ ...this.place.get(), ...place });
  }

  #add(act: Act): void {
    const quiet = this.#drafts.take(quietAnswers(this.#tree, this.#drafts));
    const values = { ...quiet, ...act.values };
    const hasValues = Object.keys(values).length > 0;
    const { values: _, ...rest } = act;
    const isFirst = !this.isRunning.get();
    const event = this.#outbox.add(hasValues ? { ...rest, values } : rest, this.treeNumber);
    this.#progress.asked(event.n);
    this.#refresh(Object.keys(values));
    this.#settle();
    this.onEvents(isFirst || Object.keys(rest).length > 0);
    this.onChange();
  }

  // What the server says

  /** Takes a message; throws `OutOfStep` when the page must be fetched whole. */
  receive(message: Extract<DownMessage, { t: "tree" | "patch" | "refused" | "commit" }>): void {
    switch (message.t) {
      case "tree":
        return this.#load(message);
      case "patch":
        return this.#patch(message);
      case "commit":
        return this.#committed(message.n);
      case "refused":
        return this.#refused(message.n, message.code, message.at);
    }
  }

  #committed(last: number): void {
    this.#outbox.commit(last);
    this.onChange();
    if (!this.#progress.committed(last)) return;
    this.#settle();
    this.#refresh();
  }

  #load(message: TreeMessage): void {
    this.#progress.taken = message.done ?? message.taken ?? 0;
    this.#isLost = false;
    this.#tree.load(message, message.page === undefined || message.page === this.place.get().page);
    this.#await();
    this.#ran(message);
    this.#refresh();
  }

  #patch(message: PatchMessage): void {
    const taken = message.done ?? message.taken ?? this.#progress.taken;
    const answered = this.#take(taken);
    for (const op of message.ops)
      if (op[0] === "v" && (this.#drafts.get(op[1])?.since ?? taken) < taken) this.#drafts.delete(op[1]);
    const wasRestoring = this.#tree.isRestoring;
    let changed: ReadonlySet<string>;
    try {
      changed = this.#tree.patch(message);
    } catch {
      throw new OutOfStep("A patch of the tree that is shown was expected.");
    }
    this.#await(changed);
    this.#ran(message);
    this.#refresh(answered);
    this.#refresh(wasRestoring || this.#awaited > 0 ? undefined : changed);
  }

  /** The tree holds the answers of these events now, as the worker's does. */
  #take(taken: number): readonly string[] {
    const ids: string[] = [];
    for (const { n, values = {} } of this.#outbox.events) {
      if (n <= this.#progress.taken || n > taken) continue;
      for (const [id, value] of Object.entries(values)) {
        this.#tree.setValue(id, value);
        ids.push(id);
      }
    }
    this.#progress.taken = Math.max(this.#progress.taken, taken);
    return ids;
  }

  /** What a message says of its run, and of where the viewer is. */
  #ran({ done, taken = Infinity, page, query }: TreeMessage | PatchMessage): void {
    const place = this.place.get();
    if ((page !== undefined && page !== place.page) || (query !== undefined && query !== place.query)) {
      // What the viewer did last wins over what an earlier run says.
      if (!this.#isLeaving()) this.place.set({ page: page ?? place.page, query: query ?? place.query });
    }
    this.#progress.ran(taken, done, this.#outbox.last);
    if (done !== undefined) {
      this.#forgetGone();
      this.#pointAtMistake(done);
    }
    this.#settle();
  }

  /** The author's code has seen the form and did not take it: the viewer, who has done nothing since, is led to the first reason. */
  #pointAtMistake(done: number): void {
    const tried = this.#tried;
    if (tried === undefined || done < tried.event) return;
    this.#tried = undefined;
    if (tried.event !== this.#outbox.last || this.#drafts.ids().length > 0) return;
    const mistaken = [...this.#tree.within(tried.form)].find((id) => this.#verdictOn(id) !== undefined);
    if (mistaken !== undefined) this.onMistake(mistaken);
  }

  /** An event is on its way that takes the viewer to another place. */
  #isLeaving(): boolean {
    return this.#outbox.events.some(
      ({ n, page, query }) => n > this.#progress.taken && (page !== undefined || query !== undefined),
    );
  }

  /** Drafts go with their widget, unless the page ended in an error: mended, it shows them again. */
  #forgetGone(): void {
    if (this.#progress.isOpen || this.#tree.node(uncaughtId) !== undefined) return;
    for (const id of this.#drafts.ids()) if (this.#tree.node(id) === undefined) this.#drafts.delete(id);
    for (const id of this.#slots.forget((id) => this.#tree.node(id) === undefined)) this.#actions.delete(id);
  }

  #refused(n: number, code: RefusalCode, at: string | undefined): void {
    const event = this.#outbox.remove(n);
    this.#progress.refused(n);
    if (event !== undefined) this.#giveBack(event, code, at);
    const page = propOf(this.#tree.node("page")?.props ?? null, "page");
    if (code === "unknown-page" && typeof page === "string") this.place.set({ ...this.place.get(), page });
    this.#settle();
    this.#refresh();
    this.onChange();
  }

  /** Nothing that the viewer did is lost for a fault elsewhere: it is sent again without that, or stands in its form again. */
  #giveBack(
    { values = {}, trigger, page, query }: EventMessage,
    code: RefusalCode,
    at: string | undefined,
  ): void {
    if (code === "too-fast") {
      this.#add({
        values,
        ...(trigger && { trigger }),
        ...(page !== undefined && { page }),
        ...(query !== undefined && { query }),
      });
      return;
    }
    const honest: Record<string, Json> = {};
    for (const [id, value] of Object.entries(values)) {
      const node = this.#tree.node(id);
      if (node === undefined) continue;
      const refusal = id === at ? refusalWords(code) : undefined;
      const isHeld = refusal !== undefined || trigger !== undefined || waits(this.#tree, node);
      if (isHeld) this.#drafts.set(id, { value, since: this.#outbox.last, held: true }, refusal);
      else if (at !== undefined) honest[id] = value;
    }
    if (Object.keys(honest).length > 0) this.#add({ values: honest });
  }

  // Connection

  /** Frames that have not left yet. */
  takeEvents(): readonly EventMessage[] {
    return this.#outbox.take();
  }

  /** The click of this event was cut off: it does not leave again. */
  cutOff(n: number): void {
    this.#outbox.cutOff(n);
    this.onChange();
  }

  /** The session was taken up: answers what is to be sent again. */
  resume(known: { readonly received: number; readonly committed: number }): readonly EventMessage[] {
    const events = this.#outbox.resume(known);
    this.#progress.resumed(events.map(({ n }) => n));
    this.#settle();
    this.onChange();
    return events;
  }

  /** The tree for `resume`: the whole is to come while a run's end may have been missed. */
  get knownTree(): { readonly tree: number; readonly whole?: true } {
    const { treeNumber: tree } = this;
    return this.isRunning.get() || this.#isLost ? { tree, whole: true } : { tree };
  }

  /** The tree that is shown is not the server's any more. */
  forgetTree(): void {
    this.#isLost = true;
  }

  /** Goes on from what an earlier load of this page left; before the viewer does anything in this one. */
  restore(dump: StoreDump): void {
    this.#drafts = new Drafts(dump.drafts);
    this.#outbox = new Outbox(dump.outbox, this.treeNumber);
    this.#progress.restored(this.#outbox.events.map(({ n }) => n));
    this.#forgetGone();
    this.#leaveFields();
    this.#settle();
    this.#refresh();
  }

  /** Who refreshes has left the field: what was typed is an answer, and goes with whatever is done next. */
  #leaveFields(): void {
    for (const id of answersAmong(this.#tree, this.#drafts, this.#drafts.ids())) {
      const [node, draft] = [this.#tree.node(id), this.#drafts.get(id)];
      if (node === undefined || draft === undefined || isTrue(node.props, "disabled")) continue;
      this.#drafts.set(id, { ...draft, held: true }, this.refusalOf(node.kind, node.props, draft.value));
    }
  }

  /** What is typed into a password's field is written nowhere. */
  #isPassword(id: string): boolean {
    return propOf(this.#tree.node(id)?.props ?? null, "type") === "password";
  }

  dump(): StoreDump {
    return { drafts: this.#drafts.dump((id) => !this.#isPassword(id)), outbox: this.#outbox.dump() };
  }

  // The look of a long run

  /** From here on, what the run has not reached looks old; until the run has ended. */
  dim(isDim: boolean): void {
    this.#progress.dim(isDim);
    this.#settle();
    this.#refresh();
  }

  #settle(): void {
    if (this.#progress.settle()) this.#refresh();
  }
}

function isTrue(props: Json, name: string): boolean {
  return propOf(props, name) === true;
}

/** The longest frame that a browser takes, in characters. */
export const maxDownChars: number = limits.textChars * 64;
