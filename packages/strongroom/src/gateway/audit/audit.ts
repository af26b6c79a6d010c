import { Tally } from "../tally.ts";

/** What is written down of acts that concern security: who, where, what, and how it ended; never a secret. */
export interface AuditEvent {
  readonly kind:
    | "start"
    | "stop"
    | "login"
    | "login-failed"
    | "logout"
    | "claims-changed"
    | "refused"
    | "upload"
    | "upload-refused"
    | "download"
    | "admin";
  /** Hash of the viewer's cookie; only its beginning is written. */
  readonly viewer?: string | undefined;
  /** Who it is, as the provider of sign-in names them. */
  readonly subject?: string | undefined;
  /** The client's address. */
  readonly address?: string | undefined;
  /** What exactly: an operation, a file's name, why it was refused. */
  readonly detail?: string | undefined;
}

/** Takes down events; written before it returns, so that who notes first and answers then has told it before. */
export interface Audit {
  note(event: AuditEvent): void;
}

/** The same audit, of which is known how often it heard of what. */
export function counted(audit: Audit): Audit & { readonly tally: Tally } {
  const tally = new Tally();
  return {
    tally,
    note: (event) => {
      tally.add(event.kind);
      audit.note(event);
    },
  };
}

/** Writes nothing: for parts that are tried alone. */
export const noAudit: Audit = { note: () => undefined };
