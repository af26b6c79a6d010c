import type { Refusal, Schema } from "../wire/schema.ts";
import type { ElementSpec } from "../wire/spec.ts";
import { maxElements, type Adding } from "./canvas.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { place, refuseFromCache, type Run, type Scope } from "./run.ts";
import type { Props, TreeNode } from "./tree.ts";

/** Puts an element on the page, after what stands in the current container. */
export function show<P>(spec: ElementSpec<P>, props: P, id?: string): TreeNode {
  const scope = place();
  return put(scope, spec, {
    id: id ?? scope.run.canvas.elementId(scope.container, spec.kind),
    kind: spec.kind,
    // What fits a spec's props is an object of plain data, which the type parameter does not say.
    props: props as Props,
    value: null,
    asking: undefined,
    isNamed: id !== undefined,
    isContainer: spec.container === true,
  });
}

/** What an element may be shown with. */
interface Checked {
  readonly props: Pick<Schema<unknown>, "check">;
}

/** Puts an element on the page; one whose props do not fit its contract is taken away again, and its author told why. */
export function put({ run, container }: Scope, spec: Checked, adding: Adding): TreeNode {
  const node = putChecked(run, container, adding);
  // What it was shown with before fitted.
  if (node.props !== adding.props) return node;
  const refusal = spec.props.check(node.props, "");
  if (refusal === undefined) return node;
  run.canvas.remove(container, node);
  throw misfitOf(node.kind, refusal);
}

/** Puts an element on the page whose props are known to fit. */
export function putChecked(run: Run, container: TreeNode, adding: Adding): TreeNode {
  if (run.canvas.isFull) {
    throw new StrongroomError(
      "ERR_TOO_LARGE",
      `A page holds at most ${maxElements.toLocaleString("en")} elements; show many rows with st.dataframe.`,
    );
  }
  run.dirty = true;
  return run.canvas.add(container, adding);
}

/** Says which option an element cannot be shown with: a browser would not know what to draw. */
function misfitOf(kind: string, { at, expected }: Refusal): StrongroomError {
  const option = /^\.(\w+)/.exec(at)?.[1];
  return option === undefined
    ? badOption(kind, "options", expected)
    : badOption(kind, option, `${expected}, or left out`);
}

/** Puts an element where another stood: what its author holds goes on updating the same place. */
export function update({ run, container }: Scope, node: TreeNode, props: Props): TreeNode {
  refuseFromCache(run);
  run.check();
  run.dirty = true;
  const next = { ...node, props };
  run.canvas.replace(container, node, next);
  return next;
}

/** Takes an element away again; nothing where another has taken its place. */
export function remove(run: Run, container: TreeNode, node: TreeNode): void {
  refuseFromCache(run);
  run.check();
  run.dirty = true;
  run.canvas.remove(container, node);
}
