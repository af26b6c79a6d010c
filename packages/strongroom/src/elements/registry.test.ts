import { expect, test } from "vitest";
import type { LazyView } from "../browser/lazy-view.ts";
import * as functions from "./functions.ts";
import { views } from "./views.ts";

type Functions = typeof functions;
type KindsOf<F> = F extends { readonly specs: readonly { readonly kind: infer K }[] }
  ? K
  : "a function without specs";
/** Every kind that authors can show. */
type Shown = { [N in keyof Functions]: KindsOf<Functions[N]> }[keyof Functions];
type Drawn = keyof typeof views;

/** Compiles only when nothing is left over; otherwise the error names what is. */
type Nothing<Left extends never> = Left;
export type KindsWithoutView = Nothing<Exclude<Shown, Drawn>>;
export type ViewsWithoutFunction = Nothing<Exclude<Drawn, Shown>>;
/** Each view stands under the kind that it draws. */
export type Misnamed = Nothing<{ [K in Drawn]: (typeof views)[K] extends LazyView<K> ? never : K }[Drawn]>;

test("exactly one view for each kind that a function can show", () => {
  const shown = Object.values(functions).flatMap((element) => element.specs.map(({ kind }) => kind));
  expect(Object.keys(views).sort()).toEqual([...new Set<string>(shown)].sort());
  for (const [kind, view] of Object.entries(views)) expect(view.kind).toBe(kind);
});

test("every view draws the kind under which it stands", async () => {
  for (const [kind, { load }] of Object.entries(views)) {
    const { default: view } = await load();
    expect(view.kind).toBe(kind);
  }
});
