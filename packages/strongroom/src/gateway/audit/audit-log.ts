import { unlinkSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Mask } from "../../secrets/mask.ts";
import { GatewayError } from "../errors.ts";
import { TokenBucket } from "../token-bucket.ts";
import type { Audit, AuditEvent } from "./audit.ts";
import { fileFrom, firstOf, Growing, HeadFile, logFiles, makeFolder } from "./audit-files.ts";
import {
  auditKey,
  beginning,
  headText,
  lineAfter,
  readHead,
  readLink,
  type Head,
  type Link,
} from "./chain.ts";

export interface AuditLogOptions {
  readonly folder: string;
  /** The key under which everything at rest is kept; the log's own is derived from it. */
  readonly root: Buffer;
  readonly mask: Mask;
  readonly log: Pick<Logger, "warn" | "error">;
  readonly now?: () => number;
  readonly maxFileBytes?: number;
  readonly maxFiles?: number;
}

type Kind = AuditEvent["kind"];

/** What a stranger can cause without end, and what is written of it then: some, and how much more there was. */
const floods: readonly Kind[] = ["refused", "login-failed", "upload-refused"];
const linesPerSecond = 1;
const burst = 50;
const maxChars = { viewer: 22, subject: 200, address: 64, detail: 300 } as const;

/**
 * One line for each event that concerns security, each bound to all before it: who changes, removes or adds a line
 * without the key is found by `strongroom audit verify`. The head says where the log ends, so that a shorter log is
 * found, too; who puts an old log back with its old head is found only by a copy of the head kept elsewhere.
 */
export class AuditLog implements Audit {
  readonly #options: Required<AuditLogOptions>;
  readonly #key: Buffer;
  readonly #headFile: HeadFile;
  readonly #buckets = new Map<Kind, { readonly bucket: TokenBucket; unsaid: number }>();
  #file: Growing;
  #head: Head;

  constructor(options: AuditLogOptions) {
    this.#options = { now: Date.now, maxFileBytes: 16_000_000, maxFiles: 20, ...options };
    const { folder } = options;
    this.#key = auditKey(options.root);
    try {
      makeFolder(folder);
      this.#headFile = new HeadFile(folder);
      const newest = logFiles(folder).at(-1);
      // Before the first line: lines without a head are then never what a start leaves behind.
      if (newest === undefined && this.#headFile.read() === "") this.#setHead(atBeginning);
      this.#file = new Growing(folder, newest ?? fileFrom(1));
      this.#head = this.#continued(readLink(this.#file.lastLine() ?? "") ?? startOf(newest));
    } catch (error) {
      throw cannotWrite(error);
    }
    for (const kind of floods)
      this.#buckets.set(kind, {
        bucket: new TokenBucket(linesPerSecond, burst, this.#options.now()),
        unsaid: 0,
      });
  }

  /** Where the log stands: a copy of it kept elsewhere shows that nothing was taken off the end. */
  get head(): Link {
    return this.#head.to;
  }

  note(event: AuditEvent): void {
    const flood = this.#buckets.get(event.kind);
    if (flood !== undefined && !flood.bucket.take(this.#options.now())) return void flood.unsaid++;
    const unsaid = flood?.unsaid ?? 0;
    if (flood !== undefined) flood.unsaid = 0;
    this.#write(event, unsaid);
  }

  close(): void {
    for (const [kind, { unsaid }] of this.#buckets) if (unsaid > 0) this.#write({ kind }, unsaid);
    this.#file.close();
    this.#headFile.close();
  }

  #write(event: AuditEvent, unsaid: number): void {
    try {
      if (this.#file.isChanged) this.#followOther();
      if (this.#file.size >= this.#options.maxFileBytes) this.#rotate();
      const { line, link } = lineAfter(this.#key, this.#head.to, this.#entryOf(event, unsaid));
      this.#file.append(line);
      this.#setHead({ ...this.#head, to: link });
    } catch (error) {
      this.#options.log.error({ err: error, kind: event.kind }, "The audit log cannot be written.");
      // What was refused stays refused; what is allowed needs its line.
      if (!floods.includes(event.kind) && event.kind !== "stop") throw cannotWrite(error);
    }
  }

  #entryOf({ kind, ...told }: AuditEvent, unsaid: number): Parameters<typeof lineAfter>[2] {
    const { mask, now } = this.#options;
    const short = Object.entries(maxChars).flatMap(([name, max]) => {
      const text = told[name as keyof typeof maxChars]; // the names of this very object
      return text === undefined ? [] : [[name, mask.text(text).slice(0, max)]];
    });
    const outcome = floods.includes(kind) ? "refused" : "done";
    const more = unsaid === 0 ? {} : { unsaid };
    return { at: new Date(now()).toISOString(), kind, outcome, ...Object.fromEntries(short), ...more };
  }

  /** The chain goes on where the head says: if lines are missing, that stays to be seen. */
  #continued(last: Link): Head {
    const written = this.#headFile.read();
    const head = readHead(this.#key, written);
    if (head === undefined) {
      this.#warn();
      // Nobody knows what stood behind the last line: what comes next does not follow it, which `audit verify` tells.
      return { from: beginning, to: { n: last.n, code: "lost" } };
    }
    // A crash can come between a line and its head; never can a line be missing that the head knows.
    const isWhole = last.n > head.to.n || (last.n === head.to.n && last.code === head.to.code);
    if (!isWhole) this.#warn();
    return isWhole ? { ...head, to: last } : head;
  }

  #warn(): void {
    this.#options.log.warn(
      "The audit log was changed or cut off since this server wrote it. `strongroom audit verify` says where.",
    );
  }

  #followOther(): void {
    const last = readLink(this.#file.lastLine() ?? "");
    if (last !== undefined && last.n > this.#head.to.n) this.#head = { ...this.#head, to: last };
  }

  #rotate(): void {
    const { folder, maxFiles } = this.#options;
    this.#file.close();
    this.#file = new Growing(folder, fileFrom(this.#head.to.n + 1));
    const files = logFiles(folder);
    const kept = files.slice(-maxFiles);
    const oldest = kept[0];
    if (kept.length === files.length || oldest === undefined) return;
    const before = files.at(-maxFiles - 1) ?? "";
    const end = new Growing(folder, before);
    const from = readLink(end.lastLine() ?? "") ?? { n: firstOf(oldest) - 1, code: "" };
    end.close();
    this.#setHead({ ...this.#head, from });
    for (const file of files.slice(0, -maxFiles)) unlinkSync(join(folder, file));
  }

  #setHead(head: Head): void {
    this.#head = head;
    this.#headFile.write(headText(this.#key, head));
  }
}

const atBeginning: Head = { from: beginning, to: beginning };

/** An empty file says by its name how many entries stand before it, but not how the last of them ends. */
function startOf(file: string | undefined): Link {
  return file === undefined ? beginning : { n: firstOf(file) - 1, code: "" };
}

function cannotWrite(error: unknown): GatewayError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new GatewayError(
    "ERR_AUDIT",
    `The audit log in the app's .strongroom/state/audit cannot be written (${code}). It must belong to the user who runs the server, and its disk must have room.`,
    { cause: error },
  );
}
