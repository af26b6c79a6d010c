/** The public names. */
import * as elements from "./elements/functions.ts";
import { installElements, sidebar } from "./elements/container.ts";
import { cacheData, cacheResource, type CacheData, type CacheResource } from "./worker/cache.ts";
import { connection } from "./worker/connection.ts";
import { freezeWhole } from "./freeze-whole.ts";
import { StrongroomError } from "./worker/errors.ts";
import { page } from "./worker/declare-page.ts";
import { rerun, stop, switchPage, runSignal } from "./worker/run-control.ts";
import { setPageConfig } from "./worker/page-config.ts";
import { getOption } from "./worker/get-option.ts";
import { queryParams } from "./worker/query-params.ts";
import { secrets } from "./worker/secrets.ts";
import { sessionState } from "./worker/state.ts";
import { login, logout, user } from "./worker/user.ts";

installElements(elements);

/** What ends a run. TypeScript knows that code after it is not reached only where such types are written down. */
interface Endings {
  readonly rerun: typeof rerun;
  readonly stop: typeof stop;
  readonly switchPage: typeof switchPage;
}

/** As authors call them: what the compiler adds to a call is not theirs to give. */
const keepers: { readonly cacheData: CacheData; readonly cacheResource: CacheResource } = {
  cacheData,
  cacheResource,
};

const names = {
  ...elements,
  ...keepers,
  connection,
  getOption,
  login,
  logout,
  page,
  queryParams,
  secrets,
  sessionState,
  setPageConfig,
  user,
  /** The part of the page at its side, behind a menu button on narrow screens. */
  get sidebar(): ReturnType<typeof sidebar> {
    return sidebar();
  },
  /** Aborted when the run has ended, or a newer event has replaced it: hand it to what can be cancelled. */
  get signal(): AbortSignal {
    return runSignal();
  },
};

// Every viewer of a worker shares these: what one session's run could write here, another's would read; and what a
// package could put in the place of a function or of a declaration would answer for it.
const others = [
  cacheData,
  cacheResource,
  connection,
  getOption,
  login,
  logout,
  page,
  rerun,
  setPageConfig,
  stop,
  switchPage,
  StrongroomError,
];
for (const shared of [...Object.values(elements), ...others]) freezeWhole(shared);

export const st: Readonly<typeof names & Endings> = Object.freeze(
  Object.assign(names, { rerun, stop, switchPage }),
);

export type { Container } from "./elements/container.ts";
export type { Cached, CacheData, CacheResource } from "./worker/cache.ts";
export type { CacheDataOptions, CacheOptions, CacheResourceOptions } from "./worker/cache-settings.ts";
export type { CacheScope } from "./worker/cache-view.ts";
export type {
  CustomConnection,
  CustomConnectionOptions,
  HttpConnectionOptions,
  SqlConnectionOptions,
} from "./worker/connection.ts";
export type { HttpAnswer, HttpConnection, HttpOptions, HttpWriteOptions } from "./worker/connection-http.ts";
export type {
  Changed,
  Connection,
  NamedValues,
  QueryOptions,
  Row,
  RowValue,
  Transaction,
} from "./worker/connection-sql.ts";
export type { Identifier, QueryScalar, QueryValue } from "./worker/connection-values.ts";
export type { PageOptions } from "./worker/declare-page.ts";
export type { Validator } from "./worker/validate.ts";
export type { User } from "./worker/user.ts";
export type { SessionState } from "./worker/state.ts";
export type { QueryParams } from "./worker/query-params.ts";
export type { FileRow } from "./worker/table-file.ts";
export type { UploadedFile } from "./worker/uploaded-file.ts";
export { StrongroomError };
