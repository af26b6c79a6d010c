/** What another process did to sign-ins: it stands in the store until a gateway has taken it into its audit log. */
import type { Logger } from "pino";
import { s } from "../../wire/s.ts";
import { decodeText } from "../../wire/schema.ts";
import type { Audit } from "../audit/audit.ts";
import type { Records } from "../store/records.ts";
import { newToken } from "../tokens.ts";

const noteSchema = s.object({
  viewer: s.string({ maxLength: 100 }),
  subject: s.string({ maxLength: 2_000 }),
  detail: s.string({ maxLength: 300 }),
});

/** A note is kept so long for a server that does not run. */
const keptMs = 400 * 86_400_000;

export interface LoginNote {
  readonly viewer: string;
  readonly subject: string;
  /** Who did what, and when. */
  readonly detail: string;
}

export async function leaveNotes(records: Records, notes: readonly LoginNote[], now: number): Promise<void> {
  await records.put(
    notes.map((note) => ({
      kind: "note",
      id: newToken(),
      value: Buffer.from(JSON.stringify(note)),
      expiresAt: now + keptMs,
    })),
  );
}

/** Takes notes into the audit log; each has one line, however many gateways there are. */
export async function takeNotes(records: Records, audit: Audit, log: Pick<Logger, "error">): Promise<void> {
  for (const left of await records.all("note")) {
    const taken = await records.take("note", left.id);
    const read = taken && decodeText(noteSchema, taken.toString(), 5_000);
    if (read?.ok !== true) continue;
    try {
      audit.note({ kind: "logout", ...read.value });
    } catch (error) {
      await records.put([left]);
      log.error({ err: error }, "The end of a sign-in by an operator is not in the audit log yet.");
      return;
    }
  }
}
