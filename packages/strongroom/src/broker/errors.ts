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

/** A setting under `[connections]` is wrong. */
export class SettingsError extends BrokerError {
  /** The key in the connection's section; empty where the section itself is meant. */
  readonly key: string;
  readonly problem: string;

  constructor(name: string, key: string, problem: string) {
    super("ERR_CONNECTION_SETTINGS", `connections.${name}${key === "" ? "" : `.${key}`}: ${problem}.`);
    this.key = key;
    this.problem = problem;
  }
}

/** The way to a database or service is broken: asking again may help, where asking twice does no harm. */
export class LostConnection extends BrokerError {
  constructor(message: string, options?: ErrorOptions) {
    super("ERR_CONNECTION_FAILED", message, options);
  }
}
