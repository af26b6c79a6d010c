import { setTimeout as wait } from "node:timers/promises";
import type { Records } from "../store/records.ts";
import { hashOf } from "../tokens.ts";

/** Who died in the middle keeps others waiting for so long, at most. */
const mostMs = 60_000;
const stepMs = 50;
const patienceMs = 20_000;

/** Does what only one gateway on a store may do at a time; waits for its turn, and rejects where that does not come. */
export async function inTurn(
  records: Records,
  { name, now }: { readonly name: string; readonly now: () => number },
  act: () => Promise<void>,
): Promise<void> {
  const id = hashOf(name);
  const turn = { kind: "once", id, value: Buffer.alloc(0) } as const;
  for (let waited = 0; !(await records.claim({ ...turn, expiresAt: now() + mostMs })); waited += stepMs) {
    if (waited >= patienceMs) throw new Error("Another server has been at it for too long.");
    await wait(stepMs);
  }
  try {
    await act();
  } finally {
    await records.delete(["once"], [id]);
  }
}
