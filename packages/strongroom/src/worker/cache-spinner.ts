import { spinnerSpec } from "../elements/spinner/spinner.schema.ts";
import type { RichText } from "../wire/rich-text.ts";
import type { Json } from "../wire/schema.ts";
import type { Scope } from "./run.ts";
import { putChecked, remove } from "./show.ts";

export interface CacheSpinner {
  readonly text: RichText;
  readonly showTime: boolean;
}

/** What takes less time than this shows nothing, in ms. */
const delayMs = 150;

/** Shows that a caller waits, until it need not any more. */
export async function showWaiting<T>(caller: Scope, spinner: CacheSpinner, until: Promise<T>): Promise<T> {
  const { run, container } = caller;
  let end: (() => void) | undefined;
  const timer = setTimeout(() => {
    if (run.over !== undefined) return;
    const node = putChecked(run, container, {
      id: run.canvas.elementId(container, spinnerSpec.kind),
      kind: spinnerSpec.kind,
      props: { text: spinner.text as Json, ...(spinner.showTime ? { showTime: true } : {}) },
      value: null,
      asking: undefined,
      isNamed: false,
      isContainer: false,
    });
    end = () => {
      if (run.over === undefined) remove(run, container, node);
    };
  }, delayMs);
  try {
    return await until;
  } finally {
    clearTimeout(timer);
    end?.();
  }
}
