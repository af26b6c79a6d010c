import { optionNames } from "../../worker/option-names.ts";
import { place } from "../../worker/run.ts";
import { remove, show } from "../../worker/show.ts";
import { labelText, widthProps, type Width } from "../layout.server.ts";
import { spinnerSpec } from "./spinner.schema.ts";
import { checkOptions, wrongCall } from "../check-options.server.ts";

export interface SpinnerOptions {
  /** Counts the seconds beside the text. Default `false`. */
  readonly showTime?: boolean;
  /** Default `"content"`. */
  readonly width?: Width;
}

const known = optionNames<SpinnerOptions>()({ showTime: true, width: true });

const usage = `st.spinner("Loading…", () => load(), { showTime: true })`;

/**
 * Shows that something goes on while the callback works, and answers what that answers:
 * `const rows = await st.spinner("Loading…", () => fetchRows())`. What takes less than a moment shows nothing.
 */
export function spinner<T>(text: string, body: () => T, options: SpinnerOptions = {}): T {
  if (typeof body !== "function") throw wrongCall(usage, "the second argument is the function that works");
  checkOptions(usage, options, known);
  const { run, container } = place();
  const { showTime = false } = options;
  const props = {
    text: labelText("spinner", text, "text"),
    ...(showTime ? { showTime } : {}),
    ...widthProps("spinner", options),
  };
  const node = show(spinnerSpec, props);
  const end = (): void => {
    if (run.over === undefined) remove(run, container, node);
  };
  return ended(body, end);
}

/** Calls, and ends when what it answers has come or failed. */
function ended<T>(body: () => T, end: () => void): T {
  let result: T;
  try {
    result = body();
  } catch (error) {
    end();
    throw error;
  }
  // A promise of the same value: the type stays what it was.
  if (isPromise(result)) return Promise.resolve(result).finally(end) as T;
  end();
  return result;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

spinner.specs = [spinnerSpec] as const;
