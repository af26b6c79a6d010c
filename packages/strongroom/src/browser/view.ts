import { useCallback, useMemo, type ReactNode } from "react";
import { isEmptyAnswer, isRequired } from "../wire/empty-answer.ts";
import { decode, type Json } from "../wire/schema.ts";
import type { ElementSpec, WidgetSpec } from "../wire/spec.ts";
import { missingWords } from "./words.ts";

/** What a view draws, and what it can do. */
export interface ViewProps<P, V> {
  readonly id: string;
  readonly props: P;
  /** What the viewer sees: the draft, else the answer on its way, else the server's. */
  readonly value: V;
  /** Keeps an answer in the page, unsent (text while it is typed); it survives reconnect, restore and refresh. */
  readonly setDraft: (value: V) => void;
  /** Answers: sent at once, or with its form, or (`props.quiet`) with the next event. */
  readonly setValue: (value: V) => void;
  /** Clicks a trigger. */
  readonly press: (value?: Json) => void;
  /** Enter in a field: presses the form's first submit button, else sends the draft. */
  readonly submit: () => void;
  /** What a container holds, in order. */
  readonly children: readonly ReactNode[];
  readonly childIds: readonly string[];
  /** Why the last answer was refused, in words. */
  readonly refusal: string | undefined;
}

/** What the page hands to a view: the same, not yet decoded. */
export interface ViewInput extends Omit<ViewProps<Json, Json>, "setValue" | "submit"> {
  /** Enter in a field; `refusal` says why the draft cannot be sent. */
  readonly submit: (refusal: string | undefined) => void;
  /** Answers; `refusal` keeps the answer in the page and says why it cannot be sent. */
  readonly answer: (value: Json, refusal: string | undefined) => void;
}

/** How one kind of element is drawn, on the server and in the browser. */
export interface View<K extends string = string> {
  readonly kind: K;
  readonly container: boolean;
  /** Why an answer would not be taken, in words. */
  readonly refusalOf: (props: Json, answer: Json) => string | undefined;
  readonly Body: (input: ViewInput) => ReactNode;
}

/** Declares how the elements of a spec are drawn. `render` may use hooks. */
export function view<P, V, K extends string>(
  spec: ElementSpec<P, K> | WidgetSpec<P, V, K>,
  render: (input: ViewProps<P, V>) => ReactNode,
): View<K> {
  const valueOf = "value" in spec ? spec.value : undefined;
  const refusalIn = (props: P, answer: unknown): string | undefined => {
    const refusal = valueOf?.(props).check(answer, "");
    if (refusal === undefined) return undefined;
    return isRequired(props) && isEmptyAnswer(answer)
      ? missingWords(answer)
      : `Expected ${refusal.expected}.`;
  };
  function Body(input: ViewInput): ReactNode {
    const { props: sent, answer, submit: submitDraft, value: draft } = input;
    const props = useMemo(() => propsOf(spec, sent), [sent]);
    const refusalOf = useCallback((value: unknown) => refusalIn(props, value), [props]);
    // Every schema of a value admits plain JSON only.
    const setValue = useCallback((value: V) => answer(value as Json, refusalOf(value)), [answer, refusalOf]);
    const submit = useCallback(() => submitDraft(refusalOf(draft)), [submitDraft, refusalOf, draft]);
    // The worker answers with values that it decoded by this very spec, and drafts were set by this view.
    return render({ ...(input as unknown as ViewProps<P, V>), props, setValue, submit });
  }
  Body.displayName = `View(${spec.kind})`;
  const refusalOf = (sent: Json, answer: Json): string | undefined => refusalIn(propsOf(spec, sent), answer);
  return { kind: spec.kind, container: spec.container === true, refusalOf, Body };
}

function propsOf<P>(spec: ElementSpec<P>, sent: Json): P {
  const decoded = decode(spec.props, sent);
  if (decoded.ok) return decoded.value;
  throw new TypeError(`${spec.kind}${decoded.at.slice(1)}: ${decoded.expected} was expected.`);
}
