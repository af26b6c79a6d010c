import { userInfo } from "node:os";
import { isMeant as isMeantBy, type Ended } from "../gateway/auth/ended.ts";
import { noteEnded } from "../gateway/auth/just-ended.ts";
import { loginKinds } from "../gateway/auth/login-row.ts";
import { leaveNotes } from "../gateway/auth/login-notes.ts";
import type { Records } from "../gateway/store/records.ts";
import { readArguments, UsageError, type Arguments } from "./arguments.ts";
import { noLogins, withLogins, type KnownLogin } from "./open-logins.ts";

const minIdChars = 6;

/** Ends sign-ins: one, all of one person, or all. A server that runs closes their pages within a second. */
export async function loginsEnd(args: readonly string[]): Promise<number> {
  const given = readArguments(args, { words: 1, switches: ["all"], values: ["id", "who"] });
  const { isMeant, born } = choiceOf(given);
  const ended = await withLogins(given.words[0], async (read, records) => {
    if (born !== undefined) await noteEnded(records, born, Date.now());
    const meant = (await read()).filter(isMeant);
    if (given.values.has("id") && meant.length > 1)
      throw new UsageError("Several sign-ins begin so: more of the id was expected.");
    await end(meant, records);
    return meant.length;
  });
  if (ended === undefined || ended === 0) {
    const isAll = given.switches.has("all");
    (isAll ? console.log : console.error)(
      isAll ? noLogins : "There is no such sign-in. Those that there are: strongroom logins list",
    );
    return isAll ? 0 : 1;
  }
  console.log(`${ended} ${ended === 1 ? "sign-in" : "sign-ins"} ended.`);
  return 0;
}

interface Choice {
  readonly isMeant: (known: KnownLogin) => boolean;
  /** Which sign-ins that are being made meanwhile are meant, too. */
  readonly born: Ended | undefined;
}

function choiceOf({ switches, values }: Arguments): Choice {
  const [id, who] = [values.get("id"), values.get("who")?.toLowerCase()];
  const isAll = switches.has("all");
  if ([id !== undefined, who !== undefined, isAll].filter(Boolean).length !== 1)
    throw new UsageError("One of --id, --who and --all was expected: whose sign-ins end.");
  if (id !== undefined && id.length < minIdChars)
    throw new UsageError(`At least ${minIdChars} characters of an id were expected.`);
  if (id !== undefined) return { isMeant: (known) => known.id.startsWith(id), born: undefined };
  const born: Ended = who === undefined ? { everybody: true } : { who };
  return { isMeant: ({ viewer, login }) => isMeantBy(viewer, login, born), born };
}

/** Said first, then done: a sign-in never ends here without its line in the audit log. */
async function end(logins: readonly KnownLogin[], records: Records): Promise<void> {
  const now = Date.now();
  const detail = `by an operator (${userName()}) at ${new Date(now).toISOString()}`;
  const notes = logins.map(({ viewer, login }) => ({ viewer, subject: login.identity.subject, detail }));
  await leaveNotes(records, notes, now);
  await records.delete(
    loginKinds,
    logins.map(({ viewer }) => viewer),
  );
}

function userName(): string {
  try {
    return userInfo().username.slice(0, 60);
  } catch {
    return `user ${process.getuid?.() ?? "unknown"}`; // one without a name, as in a container
  }
}
