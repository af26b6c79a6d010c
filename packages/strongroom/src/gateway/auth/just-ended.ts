/** Whose sign-ins ended a moment ago: one that is being made meanwhile, at whatever gateway, does not begin. */
import { s } from "../../wire/s.ts";
import { decodeText } from "../../wire/schema.ts";
import { ifReadable } from "../store/if-readable.ts";
import type { Records } from "../store/records.ts";
import { hashOf } from "../tokens.ts";
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
  const [value, expiresAt] = [Buffer.from(JSON.stringify({ at, ended })), at + keptMs];
  // Those of one viewer are looked for by name, and what is said again takes the place of what was said: whoever signs
  // in and out all day leaves little to be read.
  const [kind, id] =
    "viewer" in ended
      ? (["left", ended.viewer] as const)
      : (["ended", hashOf(JSON.stringify(ended))] as const);
  await records.put([{ kind, id, value, expiresAt }]);
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
  const left = before === undefined ? undefined : await ifReadable(records.get("left", before));
  const ended = (await records.all("ended")).map(({ value }) => value);
  for (const value of left === undefined ? ended : [left, ...ended]) {
    const note = decodeText(noteSchema, value.toString(), 100_000);
    if (!note.ok || note.value.at < since) continue;
    const whose = note.value.ended;
    // A person ends all others of theirs: the one that takes the place of this one is none of those.
    if (whose.except !== undefined && whose.except === before) continue;
    if (isMeant(viewer, login, whose)) return true;
    if (before !== undefined && whose.viewer === before) return true;
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
