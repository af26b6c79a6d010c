import type { ElementSpec } from "../wire/spec.ts";
import { badOption, StrongroomError } from "../worker/errors.ts";
import { optionNames, type OptionNames } from "../worker/option-names.ts";
import { within, currentRun, currentScope, refuseFromCache, type Run } from "../worker/run.ts";
import { type WidgetOptions } from "../worker/ask.ts";
import { show } from "../worker/show.ts";
import type { TreeNode } from "../worker/tree.ts";
import type * as functions from "./functions.ts";

/** Every function that shows something, by its public name. */
export type ElementFunctions = typeof functions;

/** A part of the page: every element can be shown in it by a method of the same name. */
export interface Container extends ElementFunctions {
  /** Runs code with `st` writing into this container; sync or async. */
  readonly with: <T>(body: () => T) => T;
}

class ContainerHandle {
  readonly #run: Run;
  readonly #node: TreeNode;

  constructor(run: Run, node: TreeNode) {
    this.#run = run;
    this.#node = node;
  }

  with<T>(body: () => T): T {
    refuseFromCache(this.#run);
    return within({ run: this.#run, container: this.#node }, body);
  }

  /** Calls an element's function with this container as the place. */
  call(show: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    const run = this.#run;
    const scope = currentScope();
    if (scope?.run !== run) return this.#callFromOutside(show, args);
    run.check();
    const { target, targetScope } = run;
    run.target = this.#node;
    run.targetScope = scope;
    try {
      return show(...args);
    } finally {
      run.target = target;
      run.targetScope = targetScope;
    }
  }

  #callFromOutside(show: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    refuseFromCache(this.#run);
    if (this.#run.over !== undefined && currentScope() !== undefined) {
      throw new StrongroomError(
        "ERR_RUN_ENDED",
        "This part of the page belongs to an earlier run; take it from the st call that made it in this one.",
      );
    }
    this.#run.check();
    return this.with(() => show(...args));
  }
}

/** Gives containers one method for each element. Called once, by the module that names them all. */
export function installElements(elements: ElementFunctions): void {
  for (const [name, element] of Object.entries(elements)) {
    Object.defineProperty(ContainerHandle.prototype, name, {
      value: function (this: ContainerHandle, ...args: unknown[]): unknown {
        return this.call(element as (...args: unknown[]) => unknown, args);
      },
    });
  }
  // All containers of all viewers share it.
  Object.freeze(ContainerHandle.prototype);
}

/** Makes the author's handle of a container that stands in the tree. */
export function containerOf(run: Run, node: TreeNode): Container {
  // The methods come from `installElements`, which the type cannot see.
  return new ContainerHandle(run, node) as unknown as Container;
}

/** A container that says whether the viewer has it open. */
export interface OpenContainer extends Container {
  /** Nothing where the script does not follow it: what it holds is then shown in every run, open or not. */
  readonly open: boolean | undefined;
}

/** Options of what viewers open and close. */
export interface OpenOptions {
  /**
   * `"rerun"` runs the script when the viewer opens or closes it, a function is called before that; then `.open` says how
   * it stands. Default `"ignore"`: the script does not hear of it.
   */
  readonly onChange?: "ignore" | "rerun" | (() => unknown);
  /** Keeps it in the URL as well, in the parameter that `key` names; the script follows it then. */
  readonly bind?: "query-params";
}

export const openNames: OptionNames<OpenOptions> = optionNames<OpenOptions>()({ onChange: true, bind: true });

/** True where the script follows what the viewer opens and closes. */
export function isTracked(element: string, { onChange = "ignore", bind }: OpenOptions): boolean {
  if (onChange !== "ignore" && onChange !== "rerun" && typeof onChange !== "function")
    throw badOption(element, "onChange", '"ignore", "rerun" or a function');
  return onChange !== "ignore" || bind !== undefined;
}

/** The options with which it is asked for. */
export function trackedOptions({
  key,
  onChange,
  bind,
}: OpenOptions & { readonly key?: string }): WidgetOptions {
  return {
    ...(key === undefined ? {} : { key }),
    ...(typeof onChange === "function" ? { onChange } : {}),
    ...(bind === undefined ? {} : { bind }),
  };
}

/** The handle of such a container. */
export function openContainerOf(run: Run, node: TreeNode, open: boolean | undefined): OpenContainer {
  return Object.defineProperty(containerOf(run, node), "open", { value: open }) as OpenContainer;
}

/** Shows an element that holds others. */
export function showContainer<P>(spec: ElementSpec<P>, props: P): Container {
  const node = show(spec, props);
  return containerOf(currentRun(), node);
}

/** The part of the page at its side. */
export function sidebar(): Container {
  const run = currentRun();
  return containerOf(run, run.canvas.side);
}

/** Shows a container and fills it by a callback, whose result it answers; without one, answers the container. */
export function fill<C extends Container, T>(container: C, body: ((container: C) => T) | undefined): C | T {
  return body === undefined ? container : container.with(() => body(container));
}
