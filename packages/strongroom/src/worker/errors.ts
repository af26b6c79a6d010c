import type { QueryErrorCode } from "../wire/query-answer.ts";

/** Codes are never renamed or reused. */
export type WorkerErrorCode =
  | QueryErrorCode
  | "ERR_NO_RUN"
  | "ERR_RUN_ENDED"
  | "ERR_DUPLICATE_KEY"
  | "ERR_STATE_NOT_PLAIN"
  | "ERR_STATE_AFTER_WIDGET"
  | "ERR_STATE_DOES_NOT_FIT"
  | "ERR_BAD_OPTION"
  | "ERR_NESTED_FORM"
  | "ERR_OUTSIDE_FORM"
  | "ERR_RERUN_LOOP"
  | "ERR_SECRET_NOT_FOUND"
  | "ERR_CONNECTION"
  | "ERR_QUERY"
  | "ERR_CACHE_ARGUMENT"
  | "ERR_CACHE_ELEMENT"
  | "ERR_CACHE_SCOPE"
  | "ERR_CACHE_VALUE"
  | "ERR_UNKNOWN_PAGE"
  | "ERR_NETWORK_CLOSED"
  | "ERR_TOO_LARGE"
  | "ERR_FILE_GONE"
  | "ERR_FILE_FORMAT";

/** Misuse of the API by the author: the message says what was expected and how to mend it. */
export class StrongroomError extends Error {
  readonly code: WorkerErrorCode;

  constructor(code: WorkerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StrongroomError";
    this.code = code;
  }
}

/** Refuses an option with what was expected of it. */
export function badOption(element: string, option: string, expected: string): StrongroomError {
  return new StrongroomError("ERR_BAD_OPTION", `st.${element}: \`${option}\` must be ${expected}.`);
}
