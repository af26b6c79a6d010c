import { join } from "node:path";
import { tmpdir } from "node:os";
import { Run, within } from "../worker/run.ts";
import type { Services, WorkerOptions } from "../worker/services.ts";
import { WorkerSession } from "../worker/session.ts";
import { emptyTree, type TreeNode } from "../worker/tree.ts";
import "../st.ts";

/** A run without a browser, for tests of what one element's function shows. */
export interface Shown {
  /** The elements of the main part, in order. */
  readonly nodes: () => readonly TreeNode[];
  readonly run: Run;
  /** Calls code as a page's script is called. */
  readonly call: <T>(script: () => T) => T;
}

/** Begins a run of a page of its own. */
export function beginRun(
  options: {
    readonly showErrorDetails?: WorkerOptions["showErrorDetails"];
    readonly report?: (error: unknown) => void;
  } = {},
): Shown {
  const services: Services = {
    tell: () => undefined,
    offer: () => "",
    flow: () => Promise.resolve(""),
    takeFiles: () => "",
    readTable: () => Promise.resolve(undefined),
    readFile: () => Promise.resolve(undefined),
    ask: () => Promise.reject(new Error("There is no broker here.")),
    report: options.report ?? (() => undefined),
    secrets: {},
    options: {
      appFolder: join(tmpdir(), "no-app"),
      showErrorDetails: options.showErrorDetails ?? "full",
      enforceSerializableSessionState: true,
      maxStateBytes: 1_000_000,
      maxCacheBytes: 1_000_000,
    },
    shared: new Map(),
  };
  const run = new Run(new WorkerSession(0, services), emptyTree, new Map());
  return {
    run,
    nodes: () => run.canvas.main.children ?? [],
    call: (script) => within({ run, container: run.canvas.main }, script),
  };
}

/** What a script shows in the main part of its page. */
export function nodesOf(script: () => unknown): readonly TreeNode[] {
  const { call, nodes } = beginRun();
  call(script);
  return nodes();
}
