import type { QueryErrorCode } from "../wire/query-answer.ts";

/** A question that is not answered. Its message goes to the author's page: it never holds a value or a credential. */
export class BrokerError extends Error {
  readonly code: QueryErrorCode;

  constructor(code: QueryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BrokerError";
    this.code = code;
  }
}
