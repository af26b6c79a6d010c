import type { Json, Schema } from "../wire/schema.ts";
import type { ElementSpec, WidgetSpec } from "../wire/spec.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { place, type Keyed, type Run } from "./run.ts";
import type { Asking, Props, TreeNode } from "./tree.ts";

/** Puts an element on the page, after what stands in the current container. */
export function show<P>(spec: ElementSpec<P>, props: P, id?: string): TreeNode {
  const { run, container } = place();
  return append(run, container, {
    id: id ?? run.elementId(container, spec.kind),
    kind: spec.kind,
    parent: container.id,
    props: props as Props,
    value: null,
    asking: undefined,
    children: spec.container === true ? [] : undefined,
  });
}

/** Puts an element where another stood: what its author holds goes on updating the same place. */
export function update(run: Run, container: TreeNode, node: TreeNode, props: Props): TreeNode {
  run.check();
  const next = { ...node, props };
  const children = container.children as TreeNode[];
  const index = children.indexOf(node);
  if (index >= 0) children[index] = next;
  run.dirty = true;
  return next;
}

/** Takes an element away again; nothing where another has taken its place. */
export function remove(run: Run, container: TreeNode, node: TreeNode): void {
  run.check();
  const children = container.children as TreeNode[];
  const index = children.indexOf(node);
  if (index >= 0) children.splice(index, 1);
  run.dirty = true;
}

function append(run: Run, container: TreeNode, node: TreeNode): TreeNode {
  const children = container.children as TreeNode[];
  // An `empty` has one slot: what comes takes the place of what was.
  if (container.kind === "empty") children.length = 0;
  children.push(node);
  if (node.children !== undefined) run.containers.set(node.id, node);
  run.dirty = true;
  return node;
}

/** Options that every widget takes. */
export interface WidgetOptions {
  /** Identity across changes of the other arguments; also its name in `st.sessionState`. */
  readonly key?: string;
  /** A tooltip, in Markdown. */
  readonly help?: string;
  /** Shows the widget without letting the viewer change it. Default `false`. */
  readonly disabled?: boolean;
  /** Called before the rerun that a new answer causes; `"ignore"` keeps the answer until the next rerun. */
  readonly onChange?: "rerun" | "ignore" | (() => unknown);
  /** `"hidden"` keeps the space, `"collapsed"` does not; screen readers read the label all the same. */
  readonly labelVisibility?: "visible" | "hidden" | "collapsed";
  /** `"stretch"` fills the container, `"content"` is as wide as need be, a number is px. */
  readonly width?: "stretch" | "content" | number;
}

/** A question to the viewer. */
export interface Question<P, V> {
  readonly label: string;
  readonly options: WidgetOptions;
  readonly props: P;
  /** The answer until the viewer gives one. */
  readonly initial: V;
  /** The author's form of an answer. Default: as it is. */
  readonly fromWire?: (value: V) => unknown;
  /** The wire's form of what the author put into `st.sessionState`; nothing when it cannot be one. */
  readonly toWire?: (value: unknown) => V | undefined;
  /** What still holds of an earlier answer that no longer fits (an option of several is gone); nothing: the initial one. */
  readonly mend?: (earlier: Json) => V | undefined;
}

/** Shows a widget and answers what the viewer chose: always a value that fits its declaration. */
export function ask<P, V>(spec: WidgetSpec<P, V>, question: Question<P, V>): V {
  const { run, container } = place();
  const { options, props } = question;
  const id = run.widgetId(spec.kind, question.label, options.key);
  // Answers are JSON by their schema, which the type parameter does not say.
  const value = currentAnswer(run, id, spec, question) as Json;
  run.session.widgets.set(id, value);
  run.shown.add(id);
  if (options.key !== undefined) {
    const fromWire = question.fromWire as Keyed["fromWire"];
    run.session.keyed.set(options.key, { id, fromWire, isTrigger: false });
  }
  const form = enclosingForm(run, container);
  if (form !== undefined)
    joinForm(run, form, { id, kind: spec.kind, question: question as unknown as Question<Json, Json> });
  append(run, container, {
    id,
    kind: spec.kind,
    parent: container.id,
    props: props as Props,
    value,
    asking: asking(spec, question),
    children: undefined,
  });
  return copyOf(value) as V;
}

/** What `st.sessionState` reads under the key of a widget. */
export function answerOf(run: Run, { id, fromWire, isTrigger }: Keyed): unknown {
  const value = isTrigger ? run.trigger(id) : copyOf(run.session.widgets.get(id) ?? null);
  return fromWire === undefined ? value : fromWire(value);
}

function joinForm(
  run: Run,
  form: Form,
  widget: { id: string; kind: string; question: Question<Json, Json> },
): void {
  const { onChange } = widget.question.options;
  if (typeof onChange === "function") {
    throw badOption(
      widget.kind,
      "onChange",
      "left out inside a form: only its submit button may have a callback, `onClick`",
    );
  }
  if (!form.clearing) return;
  let resets = run.resets.get(form.id);
  if (resets === undefined) run.resets.set(form.id, (resets = new Map()));
  resets.set(widget.id, widget.question.initial);
}

/** Lists and objects are handed out as copies: what an author does to them must not change the session. */
function copyOf(value: Json): Json {
  return typeof value === "object" && value !== null ? structuredClone(value) : value;
}

function asking<P, V>(spec: WidgetSpec<P, V>, question: Question<P, V>): Asking {
  const { options } = question;
  return {
    spec: spec as unknown as Asking["spec"],
    disabled: options.disabled === true,
    onChange: typeof options.onChange === "function" ? options.onChange : undefined,
  };
}

function currentAnswer<P, V>(run: Run, id: string, spec: WidgetSpec<P, V>, question: Question<P, V>): V {
  const { widgets, state } = run.session;
  const { key } = question.options;
  const schema = spec.value(question.props);
  if (key !== undefined && state.has(key)) return writtenAnswer(run, key, schema, question);
  const stored = widgets.get(id);
  if (stored === undefined) return question.initial;
  if (schema.check(stored, "") === undefined) return stored as V;
  const mended = question.mend?.(stored);
  return mended !== undefined && schema.check(mended, "") === undefined ? mended : question.initial;
}

/** What the script put under the widget's key before it was shown; from here on the widget holds it. */
function writtenAnswer<P, V>(run: Run, key: string, schema: Schema<V>, question: Question<P, V>): V {
  const { state } = run.session;
  const written = state.get(key);
  state.delete(key);
  const wire = question.toWire === undefined ? written : question.toWire(written);
  const refusal = wire === undefined ? { expected: schema.expected } : schema.check(wire, "");
  if (refusal === undefined) return wire as V;
  throw new StrongroomError(
    "ERR_STATE_DOES_NOT_FIT",
    `st.sessionState.${key} was set to something that its widget cannot hold: ${refusal.expected} was expected.`,
  );
}

/** A question that a click answers. */
export interface TriggerQuestion<P, V> {
  readonly label: string;
  readonly options: WidgetOptions;
  readonly props: P;
  /** Called before the rerun that the click causes. */
  readonly onClick?: (() => unknown) | undefined;
  /** What `st.sessionState` reads under its key. Default: the answer, `false` without a click. */
  readonly fromWire?: (value: V | undefined) => unknown;
}

/** Shows a widget whose answer stands for one run, and answers it in that run only. */
export function askTrigger<P, V>(spec: WidgetSpec<P, V>, question: TriggerQuestion<P, V>): V | undefined {
  const { run, container } = place();
  const { options, fromWire = (value: V | undefined) => value ?? false } = question;
  const { key } = options;
  const id = run.widgetId(spec.kind, question.label, key);
  const answer = run.trigger(id) as V | undefined;
  run.shown.add(id);
  if (key !== undefined) {
    refuseWritten(run, key);
    run.session.keyed.set(key, { id, fromWire: fromWire as Keyed["fromWire"], isTrigger: true });
  }
  append(run, container, {
    id,
    kind: spec.kind,
    parent: container.id,
    props: question.props as Props,
    value: null,
    asking: {
      spec: spec as unknown as Asking["spec"],
      disabled: options.disabled === true,
      onChange: question.onClick,
    },
    children: undefined,
  });
  const form = answer === undefined ? undefined : enclosingForm(run, container);
  if (form !== undefined) run.submitted.add(form.id);
  return answer;
}

function refuseWritten(run: Run, key: string): void {
  const { state } = run.session;
  if (!state.has(key)) return;
  state.delete(key);
  throw new StrongroomError(
    "ERR_STATE_DOES_NOT_FIT",
    `st.sessionState.${key} belongs to a widget that is clicked; only a viewer can do that.`,
  );
}

interface Form {
  readonly id: string;
  readonly clearing: boolean;
}

/** The form that a container stands in, if any. */
export function enclosingForm(run: Run, container: TreeNode): Form | undefined {
  for (
    let node: TreeNode | undefined = container;
    node !== undefined;
    node = run.containers.get(node.parent)
  ) {
    if (node.kind === "form") return { id: node.id, clearing: node.props["clearOnSubmit"] === true };
  }
  return undefined;
}
