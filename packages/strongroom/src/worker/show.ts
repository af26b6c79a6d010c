import type { Json } from "../wire/schema.ts";
import type { ElementSpec, WidgetSpec } from "../wire/spec.ts";
import { StrongroomError } from "./errors.ts";
import { place, type Run } from "./run.ts";
import type { Asking, Props, TreeNode } from "./tree.ts";

/** Puts an element on the page, after what stands in the current container. */
export function show<P>(spec: ElementSpec<P>, props: P): TreeNode {
  const { run, container } = place();
  return append(run, container, {
    id: run.elementId(container, spec.kind),
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
  if (run.over !== undefined) throw run.over;
  const next = { ...node, props };
  const children = container.children as TreeNode[];
  const index = children.indexOf(node);
  if (index >= 0) children[index] = next;
  run.dirty = true;
  return next;
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
}

/** Shows a widget and answers what the viewer chose: always a value that fits its declaration. */
export function ask<P, V>(spec: WidgetSpec<P, V>, question: Question<P, V>): V {
  const { run, container } = place();
  const { options, props } = question;
  const id = run.widgetId(spec.kind, question.label, options.key);
  const value = currentAnswer(run, id, spec, question);
  const { widgets } = run.session;
  widgets.set(id, value as Json);
  run.shown.add(id);
  const form = enclosingForm(run, container);
  if (form !== undefined && typeof options.onChange === "function") {
    throw new StrongroomError("ERR_BAD_OPTION", `st.${spec.kind}: inside a form only the submit button may have a callback; move \`onChange\` to its \`onClick\`.`);
  }
  if (form?.clearing === true) resetsOf(run, form.id).set(id, question.initial as Json);
  append(run, container, {
    id,
    kind: spec.kind,
    parent: container.id,
    props: props as Props,
    value: value as Json,
    asking: asking(spec, question),
    children: undefined,
  });
  return value;
}

function asking<P, V>(spec: WidgetSpec<P, V>, question: Question<P, V>): Asking {
  const { options } = question;
  return {
    spec: spec as unknown as Asking["spec"],
    key: options.key,
    disabled: options.disabled === true,
    onChange: typeof options.onChange === "function" ? options.onChange : undefined,
    fromWire: (question.fromWire ?? ((value: V) => value)) as Asking["fromWire"],
  };
}

function currentAnswer<P, V>(run: Run, id: string, spec: WidgetSpec<P, V>, question: Question<P, V>): V {
  const { widgets, state } = run.session;
  const { key } = question.options;
  const schema = spec.value(question.props);
  if (key !== undefined && state.has(key)) {
    const written = state.get(key);
    state.delete(key);
    const wire = question.toWire === undefined ? written : question.toWire(written);
    if (wire !== undefined && schema.check(wire, "") === undefined) return wire as V;
  }
  const stored = widgets.get(id);
  if (stored !== undefined && schema.check(stored, "") === undefined) return stored as V;
  return question.initial;
}

/** Shows a widget whose answer stands for one run, and answers it in that run only. */
export function askTrigger<P, V>(
  spec: WidgetSpec<P, V>,
  question: { label: string; options: WidgetOptions; props: P; onClick?: (() => unknown) | undefined },
): V | undefined {
  const { run, container } = place();
  const { options } = question;
  const id = run.widgetId(spec.kind, question.label, options.key);
  run.shown.add(id);
  append(run, container, {
    id,
    kind: spec.kind,
    parent: container.id,
    props: question.props as Props,
    value: null,
    asking: {
      spec: spec as unknown as Asking["spec"],
      key: options.key,
      disabled: options.disabled === true,
      onChange: question.onClick,
      fromWire: (value) => value,
    },
    children: undefined,
  });
  const answer = run.triggers.get(id) as V | undefined;
  const form = answer === undefined ? undefined : enclosingForm(run, container);
  if (form !== undefined) run.submitted.add(form.id);
  return answer;
}

function resetsOf(run: Run, form: string): Map<string, Json> {
  let resets = run.resets.get(form);
  if (resets === undefined) run.resets.set(form, (resets = new Map()));
  return resets;
}

/** The form that a container stands in, if any. */
export function enclosingForm(run: Run, container: TreeNode): { id: string; clearing: boolean } | undefined {
  for (let node: TreeNode | undefined = container; node !== undefined; node = run.containers.get(node.parent)) {
    if (node.kind === "form") return { id: node.id, clearing: node.props["clearOnSubmit"] === true };
  }
  return undefined;
}
