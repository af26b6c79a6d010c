/** Codes are never renamed or reused. */
export type BrokerErrorCode =
  | "ERR_CONNECTION_UNKNOWN"
  | "ERR_CONNECTION_SETTINGS"
  | "ERR_CONNECTION_FAILED"
  | "ERR_QUERY_TEXT"
  | "ERR_QUERY_FAILED"
  | "ERR_QUERY_REFUSED"
  | "ERR_QUERY_TOO_LARGE";

/** A question that is not answered. Its message goes to the author's page: it never holds a value or a credential. */
export class BrokerError extends Error {
  readonly code: BrokerErrorCode;

  constructor(code: BrokerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BrokerError";
    this.code = code;
  }
}
