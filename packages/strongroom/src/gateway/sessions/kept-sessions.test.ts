import { expect, test } from "vitest";
import { createLog } from "../log.ts";
import { memoryStore } from "../store/memory-store.ts";
import { hashOf } from "../tokens.ts";
import { KeptSessions } from "./kept-sessions.ts";
import { SessionValue } from "./session-value.ts";

test("what the store keeps of a session is its viewer's alone", async () => {
  const store = memoryStore();
  const log = createLog("error", { write: () => undefined });
  const kept = new KeptSessions({ store, log, ttlSeconds: 60, now: Date.now });
  const [viewer, id] = [hashOf("somebody"), hashOf("a session")];
  const value = SessionValue.fresh(id, { viewer, page: "", query: "" });
  value.commit(0, Buffer.from("core"), Buffer.from("state"));
  await store.put([value.pack().write]);
  expect((await kept.find(id, viewer))?.id).toBe(id);
  expect(await kept.find(id, hashOf("somebody else"))).toBeUndefined();
});
