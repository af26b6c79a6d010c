import { isEmptyAnswer } from "../wire/empty-answer.ts";
import type { Json } from "../wire/schema.ts";
import type { WidgetSpec } from "../wire/spec.ts";
import { sameJson } from "../wire/same-json.ts";
import { badOption, StrongroomError } from "./errors.ts";
import type { Form } from "./forms.ts";
import { place, type Keyed, type Run } from "./run.ts";
import { put } from "./show.ts";
import { readParam, traitsOf, writeParam, type Traits } from "./traits.ts";
import type { Asking, Props, TreeNode } from "./tree.ts";
import type { UrlText } from "./url-answer.ts";
import { messageOf, type Check } from "./validate.ts";

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
  /**
   * Keeps its answer in the URL as well, in the parameter that `key` names, so that a link leads to it: read from there
   * when a viewer arrives, and dropped where it does not fit.
   */
  readonly bind?: "query-params";
  /** Keeps its answer while it is not shown: until the viewer turns to another page, or as long as the tab is open. Needs a `key`. */
  readonly persistState?: "page" | "session";
}

/** The option of widgets that can be empty. */
export interface RequiredOption {
  /**
   * No empty answer is taken: the last one stays, and a form is not sent. What it holds at first may be empty all the
   * same. Default `false`.
   */
  readonly required?: boolean;
}

/** A question to the viewer. */
export interface Question<P, V> {
  readonly label: string;
  readonly options: WidgetOptions & RequiredOption;
  readonly props: P;
  /** More of them, for a widget whose props depend on its identity. */
  readonly propsOf?: (id: string) => Partial<P>;
  /** The answer until the viewer gives one. */
  readonly initial: V;
  /** The author's form of an answer. Default: as it is. */
  readonly fromWire?: (value: V) => unknown;
  /** The wire's form of what the author put into `st.sessionState`; nothing when it cannot be one. */
  readonly toWire?: (value: unknown) => V | undefined;
  /** Clicks on what holds an answer as well. */
  readonly clicks?: Clicks;
  /** What still holds of an earlier answer that no longer fits (an option of several is gone); nothing: the initial one. */
  readonly mend?: (earlier: Json) => V | undefined;
  /** Judges the answer; what it makes of it is `fromWire`'s. */
  readonly check?: Check | undefined;
  /** How its values stand in the URL. Default: as they are. */
  readonly urlText?: UrlText | undefined;
}

/** Who hears of clicks on an element that holds an answer as well. */
export interface Clicks {
  /** Called before the rerun that a click causes. */
  readonly onPress: (click: Json) => unknown;
  /** What `st.sessionState` reads under each key, from the click of this run. */
  readonly keys: ReadonlyMap<string, (click: Json | undefined) => unknown>;
}

/** Shows a widget and answers what the viewer chose: always a value that fits its declaration. */
export function ask<P, V>(spec: WidgetSpec<P, V>, question: Question<P, V>): V {
  return askNode(spec, question).answer;
}

/** The same, and the element that asks, for those that hold others. */
export function askNode<P, V>(
  spec: WidgetSpec<P, V>,
  asked: Question<P, V>,
): { readonly node: TreeNode; readonly answer: V } {
  const { run, container } = place();
  refuseCached(run, spec.kind);
  const { label, options, check, urlText } = asked;
  const { key } = options;
  if (key !== undefined) run.takeKey(spec.kind, key);
  const id = run.canvas.widgetId(container, spec.kind, { label, key });
  const traits = traitsOf(run, { kind: spec.kind, id, options });
  const question =
    asked.propsOf === undefined ? asked : { ...asked, props: { ...asked.props, ...asked.propsOf(id) } };
  // Answers are JSON by their schema, which the type parameter does not say.
  const answer = currentAnswer(run, container, { id, spec, question, traits }) as Json;
  run.session.widgets.set(id, answer);
  run.asked.push(id);
  if (traits.param !== undefined)
    writeParam(run, traits.param, { answer, initial: question.initial as Json, urlText });
  register(run, container, { id, spec, question });
  for (const [name, fromWire] of question.clicks?.keys ?? []) keepClick(run, { spec, name, id, fromWire });
  const verdict = check === undefined || isEmptyAnswer(answer) ? undefined : verdictOf(check, answer);
  const invalid = run.session.memory.touched.has(id) ? verdict?.invalid : undefined;
  const node = put({ run, container }, spec, {
    id,
    kind: spec.kind,
    props: shownProps(question, invalid),
    value: answer,
    asking: askingOf(spec, question),
    isNamed: true,
    isContainer: spec.container === true,
  });
  if (verdict?.thrown !== undefined) throw verdict.thrown.error;
  return { node, answer: copyOf(answer) as V };
}

/** Makes a widget known under its key, and in the form that it stands in. */
function register<P, V>(run: Run, container: TreeNode, { id, spec, question }: Known<P, V>): void {
  const { options, check } = question;
  const { key, onChange } = options;
  const fromWire = question.fromWire as Keyed["fromWire"];
  if (key !== undefined)
    run.session.keyed.set(key, { id, fromWire, isTrigger: false, isChecked: check !== undefined });
  const form = run.forms.round(container);
  if (form === undefined) return;
  if (typeof onChange === "function") {
    throw badOption(
      spec.kind,
      "onChange",
      "left out inside a form: only its submit button may have a callback, `onClick`",
    );
  }
  const initial = question.initial as Json;
  run.forms.join(form, { container, id, key, kind: spec.kind, initial, check, read: fromWire });
}

function shownProps<P, V>(question: Question<P, V>, invalid: string | undefined): Props {
  const props = withRequired(question) as Props;
  return invalid === undefined ? props : { ...props, invalid };
}

interface Verdict {
  readonly invalid?: string;
  readonly thrown?: { readonly error: unknown };
}

/** What a schema says; what it throws is thrown once the widget stands there, so that the viewer can answer otherwise. */
function verdictOf(check: Check, answer: Json): Verdict {
  try {
    const judged = check(answer);
    return judged.ok ? {} : { invalid: messageOf(judged.issues) };
  } catch (error) {
    return { thrown: { error } };
  }
}

function askingOf<P, V>(spec: WidgetSpec<P, V>, { label, options, check, clicks }: Question<P, V>): Asking {
  const { key, disabled = false, onChange } = options;
  return {
    spec: spec as unknown as Asking["spec"],
    label,
    key,
    disabled,
    isChecked: check !== undefined,
    onChange: typeof onChange === "function" ? onChange : undefined,
    ...(clicks === undefined ? {} : { onPress: clicks.onPress }),
  };
}

interface KeptClick {
  readonly spec: { readonly kind: string };
  readonly name: string;
  readonly id: string;
  readonly fromWire: (click: Json | undefined) => unknown;
}

function keepClick(run: Run, { spec, name, id, fromWire }: KeptClick): void {
  run.takeKey(spec.kind, name);
  refuseWritten(run, name);
  run.session.keyed.set(name, { id, fromWire, isTrigger: true });
}

/** What `st.sessionState` reads under the key of a widget. */
export function answerOf(run: Run, { id, fromWire, isTrigger }: Keyed): unknown {
  const value = isTrigger ? run.trigger(id) : copyOf(run.session.widgets.get(id) ?? null);
  return fromWire === undefined ? value : fromWire(value);
}

/** Lists and objects are handed out as copies: what an author does to them must not change the session. */
function copyOf(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => copyOf(item));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copyOf(item)]));
}

interface Known<P, V> {
  readonly id: string;
  readonly spec: WidgetSpec<P, V>;
  readonly question: Question<P, V>;
}

interface Asked<P, V> extends Known<P, V> {
  readonly traits: Traits;
}

function currentAnswer<P, V>(run: Run, container: TreeNode, asked: Asked<P, V>): V {
  const { id, spec, question, traits } = asked;
  const { widgets, state } = run.session;
  const { key, disabled } = question.options;
  if (traits.param !== undefined && disabled !== true) {
    const found = readParam(run, traits.param, {
      id,
      schema: spec.value(withRequired(question)),
      ...question,
    });
    if (found !== undefined) {
      if (key !== undefined) state.delete(key);
      return found;
    }
  }
  if (key !== undefined && state.has(key)) return writtenAnswer(run, key, asked);
  const stored = widgets.get(id);
  if (stored === undefined) return question.initial;
  const before = run.canvas.next(container);
  // It was decoded against the same declaration before.
  if (before?.id === id && before.value === stored && sameJson(before.props, question.props as Props))
    return stored as V;
  const schema = spec.value(question.props);
  if (schema.check(stored, "") === undefined) return stored as V;
  const mended = question.mend?.(stored);
  return mended !== undefined && schema.check(mended, "") === undefined ? mended : question.initial;
}

/** The declaration with what `required` demands of answers; what it holds at first may be empty. */
function withRequired<P, V>({ props, options }: Question<P, V>): P {
  return options.required === true ? { ...props, required: true } : props;
}

/** What the script put under the widget's key before it was shown; from here on the widget holds it. */
function writtenAnswer<P, V>(run: Run, key: string, { spec, question }: Known<P, V>): V {
  const schema = spec.value(question.props);
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
  /** More of them, for a widget whose props depend on its identity. */
  readonly propsOf?: (id: string) => Partial<P>;
  /** Called before the rerun that the click causes. */
  readonly onClick?: (() => unknown) | undefined;
  /** What `st.sessionState` reads under its key. Default: the answer, `false` without a click. */
  readonly fromWire?: (value: V | undefined) => unknown;
}

/** Shows a widget whose answer stands for one run, and answers it in that run only. */
export function askTrigger<P, V>(spec: WidgetSpec<P, V>, question: TriggerQuestion<P, V>): V | undefined {
  const { run, container } = place();
  refuseCached(run, spec.kind);
  const { options, fromWire = (value: V | undefined) => value ?? false } = question;
  const { key } = options;
  if (key !== undefined) run.takeKey(spec.kind, key);
  const id = run.canvas.widgetId(container, spec.kind, { label: question.label, key });
  const form = run.forms.round(container);
  if (form !== undefined && !run.forms.close(form, run.session, run.trigger(id) !== undefined))
    run.takeBack(id);
  const answer = run.trigger(id) as V | undefined;
  if (key !== undefined) {
    refuseWritten(run, key);
    run.session.keyed.set(key, { id, fromWire: fromWire as Keyed["fromWire"], isTrigger: true });
  }
  run.asked.push(id);
  put({ run, container }, spec, {
    id,
    kind: spec.kind,
    props: { ...question.props, ...question.propsOf?.(id) } as Props,
    value: null,
    asking: {
      spec: spec as unknown as Asking["spec"],
      label: question.label,
      key,
      disabled: options.disabled === true,
      isChecked: false,
      onChange:
        form === undefined ? question.onClick : run.forms.whenFits(form, run.session, question.onClick),
    },
    isNamed: true,
    isContainer: false,
  });
  if (form !== undefined && answer !== undefined) run.forms.submit(form);
  return answer;
}

/** A widget belongs to one viewer, and would be asked once for all. */
function refuseCached(run: Run, kind: string): void {
  if (!run.isCached) return;
  throw new StrongroomError(
    "ERR_CACHE_ELEMENT",
    `st.${kind} stands in a cached function, which runs once for many; ask before the call, and pass the answer as an argument.`,
  );
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

/** The form that a container stands in, if any. */
export function enclosingForm(run: Run, container: TreeNode): Form | undefined {
  return run.forms.round(container);
}
