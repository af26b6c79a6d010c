/** Codes are never renamed or reused. */
export type GatewayErrorCode =
  | "ERR_ADDRESS"
  | "ERR_AUDIT"
  | "ERR_DEVELOPMENT_SIGN_IN"
  | "ERR_KEY_FILE"
  | "ERR_NOT_BUILT"
  | "ERR_ORIGIN"
  | "ERR_PROXY"
  | "ERR_PORT_IN_USE"
  | "ERR_SEALED_VALUE"
  | "ERR_SELF_ATTACK"
  | "ERR_STORE";

/** Why the gateway does not start, or a part of it cannot go on; the message says how to mend it. */
export class GatewayError extends Error {
  readonly code: GatewayErrorCode;

  constructor(code: GatewayErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "GatewayError";
    this.code = code;
  }
}
