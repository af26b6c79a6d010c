import { existsSync } from "node:fs";
import { join } from "node:path";
import { verifyAudit } from "../gateway/audit/verify.ts";
import { readOrMakeKey } from "../gateway/store/key-file.ts";
import { appTarget } from "./app-target.ts";
import { readArguments } from "./arguments.ts";
import { stateFolderOf } from "./state-folder.ts";

/** Says whether the audit log is as the server wrote it. */
export function auditVerify(args: readonly string[]): number {
  const { folder } = appTarget(readArguments(args, { words: 1 }).words[0]);
  const state = stateFolderOf(folder);
  const [audit, key] = [join(state, "audit"), join(state, "key")];
  if (!existsSync(audit) || !existsSync(key)) {
    console.error(
      `There is no audit log in ${state}: no server has run here, or it was removed with its key.`,
    );
    return 1;
  }
  const verdict = verifyAudit(audit, readOrMakeKey(key));
  if (!verdict.ok) {
    const place = verdict.at === 0 ? "The log" : `Entry ${verdict.at}`;
    console.error(`${place} is broken: ${verdict.why}.`);
    return 1;
  }
  const { entries, head } = verdict;
  console.log(`${entries} ${entries === 1 ? "entry" : "entries"}, unbroken. Head: ${head.n} ${head.code}`);
  return 0;
}
