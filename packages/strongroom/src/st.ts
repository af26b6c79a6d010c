/** The public names. */
import * as elements from "./elements/functions.ts";
import { installElements, sidebar } from "./elements/container.ts";
import { cacheData, cacheResource } from "./worker/cache.ts";
import { connection } from "./worker/connection.ts";
import { queryParams, rerun, setPageConfig, stop, switchPage, runSignal } from "./worker/flow.ts";
import { secrets } from "./worker/secrets.ts";
import { sessionState } from "./worker/state.ts";

installElements(elements);

export const st = {
  ...elements,
  cacheData,
  cacheResource,
  connection,
  queryParams,
  rerun,
  secrets,
  sessionState,
  setPageConfig,
  stop,
  switchPage,
  /** The part of the page at its side, behind a menu button on narrow screens. */
  get sidebar(): ReturnType<typeof sidebar> {
    return sidebar();
  },
  /** Aborted when the run has ended, or a newer event has replaced it: hand it to what can be cancelled. */
  get signal(): AbortSignal {
    return runSignal();
  },
};

export type { Container } from "./elements/container.ts";
export { StrongroomError } from "./worker/errors.ts";
