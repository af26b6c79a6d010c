import { filled, isRequired } from "./empty-answer.ts";
import type { Infer, Json, Schema } from "./schema.ts";

/** What an element is on the wire: its kind, and what it may be shown with. */
export interface ElementSpec<P = Json, K extends string = string> {
  readonly kind: K;
  readonly props: Schema<P>;
  /** True for elements that hold others. */
  readonly container?: boolean;
}

/** An element that the viewer answers. */
export interface WidgetSpec<P = Json, V = Json, K extends string = string> extends ElementSpec<P, K> {
  /** The decoder of what the browser may answer, given what the widget was shown with. */
  readonly value: (props: P) => Schema<V>;
  /** True when the answer stands for one run only (a click). */
  readonly trigger?: boolean;
  /** The decoder of clicks, where an element that holds an answer is clicked as well. */
  readonly press?: (props: P) => Schema<Json>;
}

/** Declares an element that only shows. */
export function elementSpec<const K extends string, P extends Schema<unknown>>(spec: {
  kind: K;
  props: P;
  container?: boolean;
}): ElementSpec<Infer<P>, K> {
  return spec as ElementSpec<Infer<P>, K>;
}

/** Declares an element that the viewer answers. Where its props say `required`, it takes no empty answer. */
export function widgetSpec<
  const K extends string,
  P extends Schema<unknown>,
  V extends Schema<unknown>,
>(spec: {
  kind: K;
  props: P;
  value: (props: Infer<P>) => V;
  trigger?: boolean;
  press?: (props: Infer<P>) => Schema<Json>;
  container?: boolean;
}): WidgetSpec<Infer<P>, Infer<V>, K> {
  const value = (props: Infer<P>): Schema<unknown> =>
    isRequired(props) ? filled(spec.value(props)) : spec.value(props);
  // The schemas of the spec carry its types at compile time only.
  return { ...spec, value } as unknown as WidgetSpec<Infer<P>, Infer<V>, K>;
}
