import type { Infer, Json, Schema } from "./schema.ts";

/** What an element is on the wire: its kind, and what it may be shown with. */
export interface ElementSpec<P = Json> {
  readonly kind: string;
  readonly props: Schema<P>;
  /** True for elements that hold others. */
  readonly container?: boolean;
}

/** An element that the viewer answers. */
export interface WidgetSpec<P = Json, V = Json> extends ElementSpec<P> {
  /** The decoder of what the browser may answer, given what the widget was shown with. */
  readonly value: (props: P) => Schema<V>;
  /** True when the answer stands for one run only (a click). */
  readonly trigger?: boolean;
}

export type PropsOf<S> = S extends ElementSpec<infer P> ? P : never;
export type ValueOf<S> = S extends WidgetSpec<never, infer V> ? V : S extends { value: (props: never) => Schema<infer V> } ? V : never;

/** Declares an element that only shows. */
export function elementSpec<P extends Schema<unknown>>(spec: {
  kind: string;
  props: P;
  container?: boolean;
}): ElementSpec<Infer<P>> {
  return spec as ElementSpec<Infer<P>>;
}

/** Declares an element that the viewer answers. */
export function widgetSpec<P extends Schema<unknown>, V extends Schema<unknown>>(spec: {
  kind: string;
  props: P;
  value: (props: Infer<P>) => V;
  trigger?: boolean;
}): WidgetSpec<Infer<P>, Infer<V>> {
  return spec as unknown as WidgetSpec<Infer<P>, Infer<V>>;
}
