import type { CheckedApp } from "./app.ts";

/** An `error` must not go live; a `warning` wants a decision; a `note` is worth knowing. */
export type Severity = "error" | "warning" | "note";

/** Where in the app something stands. */
export interface Place {
  /** From the app's folder; whole where the file lies elsewhere, such as at home. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/** What a rule has found. No text in it comes from a secret. */
export interface Found extends Place {
  readonly problem: string;
  readonly fix: string;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
}

/** What a rule could not look at, and why. */
export interface Skipped {
  readonly skipped: string;
}

/** One thing that `strongroom check` looks for. */
export interface Rule {
  /** Never renamed, never used again for something else. */
  readonly id: `CHK-${string}`;
  readonly severity: Severity;
  /** What must hold, for the reference and the checklist. */
  readonly holds: string;
  /** What could happen otherwise. */
  readonly why: string;
  readonly find: (app: CheckedApp) => readonly Found[] | Skipped | Promise<readonly Found[] | Skipped>;
}

/** A finding as it is told. */
export interface Finding extends Found {
  readonly id: Rule["id"];
  readonly severity: Severity;
}
