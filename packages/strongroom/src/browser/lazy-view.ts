import type { View } from "./view.ts";

/** A view whose code is fetched when an element of its kind is on the page. */
export interface LazyView<K extends string = string> {
  readonly kind: K;
  readonly load: () => Promise<{ readonly default: View<K> }>;
}

/** Names a view by the kind of its spec; the module of another kind's view does not compile. */
export function lazyView<const K extends string>(kind: K, load: LazyView<K>["load"]): LazyView<K> {
  return { kind, load };
}
