/** Whose sign-ins ended a moment ago: one that is being made meanwhile, at whatever gateway, does not begin. */
import { s } from "../../wire/s.ts";
import { decodeText } from "../../wire/schema.ts";
import type { Records } from "../store/records.ts";
import { newToken } from "../tokens.ts";
import { endedSchema, isMeant, type Ended } from "./ended.ts";
import type { Login } from "./login-row.ts";

/** A sign-in was ended while it was made. */
export class EndedMeanwhile extends Error {
  override readonly name = "EndedMeanwhile";

  constructor() {
    super("The sign-in was ended while it was made.");
  }
}

const noteSchema = s.object({ at: s.number({ min: 0 }), ended: endedSchema });
/** Longer than a sign-in may be under way. */
const keptMs = 900_000;

/** To be said before anything is ended: who is about to write a sign-in down looks here afterwards. */
export async function noteEnded(records: Records, ended: Ended, at: number): Promise<void> {
  const value = Buffer.from(JSON.stringify({ at, ended }));
  await records.put([{ kind: "ended", id: newToken(), value, expiresAt: at + keptMs }]);
}

/** A sign-in that is being made. */
interface Born {
  readonly viewer: string;
  /** Whom it takes the place of in its browser. */
  readonly before: string | undefined;
  /** What ended earlier says nothing about it, in ms of the clock. */
  readonly since: number;
}

/** Was a sign-in ended before it was there? */
export async function isStillborn(
  records: Records,
  login: Pick<Login, "identity" | "sid">,
  { viewer, before, since }: Born,
): Promise<boolean> {
  for (const { value } of await records.all("ended")) {
    const note = decodeText(noteSchema, value.toString(), 100_000);
    if (!note.ok || note.value.at < since) continue;
    const { ended } = note.value;
    // A person ends all others of theirs: the one that takes the place of this one is none of those.
    if (ended.except !== undefined && ended.except === before) continue;
    if (isMeant(viewer, login, ended)) return true;
    if (before !== undefined && ended.viewer === before) return true;
  }
  return false;
}

/**
 * From when on an end counts for a sign-in: from when the provider knew who it is, or else from when the browser came
 * back. The provider's clock is not ours: what it says counts between the two moments that are known here.
 */
export function countsSince(
  authTime: unknown,
  { begunAt, cameAt }: { begunAt: number; cameAt: number },
): number {
  if (typeof authTime !== "number" || !Number.isFinite(authTime)) return cameAt;
  return Math.min(cameAt, Math.max(begunAt, authTime * 1_000));
}
