import { describe, expect, test } from "vitest";
import { Recovery, type Loss } from "./recovery.ts";

const loss = (more: Partial<Loss>): Loss => ({
  why: "crashed",
  offender: false,
  hasUncommitted: false,
  hadCommitted: true,
  now: 0,
  ...more,
});

describe("what to do about a lost worker", () => {
  test.each(["reload", "moved"] as const)("%s: place the session anew, however often", (why) => {
    const recovery = new Recovery();
    for (let turn = 0; turn < 100; turn++) {
      expect(recovery.remedy(loss({ why, offender: true }))).toEqual({
        kind: "restore",
        afterMs: 0,
        stopped: undefined,
      });
    }
  });

  test("an event that blocked is used up; a page that blocks by itself is left alone", () => {
    const blocked = { why: "blocked", offender: true } as const;
    expect(new Recovery().remedy(loss({ ...blocked, hasUncommitted: true }))).toEqual({
      kind: "restore",
      afterMs: 0,
      stopped: "stopped-blocked",
    });
    expect(new Recovery().remedy(loss({ ...blocked, hadCommitted: false }))).toEqual({
      kind: "give-up",
      stopped: "stopped-blocked",
    });
  });

  test("who blocks again and again without doing anything else is left alone", () => {
    const recovery = new Recovery();
    const again = loss({ why: "memory", offender: true, hasUncommitted: true });
    expect([1, 2, 3].map(() => recovery.remedy(again).kind)).toEqual(["restore", "restore", "give-up"]);
    recovery.eventCommitted();
    expect(recovery.remedy(again).kind).toBe("restore");
  });

  test("who was only near never pays, and is placed ever later while it goes on", () => {
    const recovery = new Recovery();
    const waits = Array.from({ length: 8 }, (_, at) => recovery.remedy(loss({ why: "blocked", now: at })));
    expect(waits.map((remedy) => (remedy.kind === "restore" ? remedy.afterMs : -1))).toEqual([
      0, 0, 200, 1_000, 2_000, 5_000, 5_000, 5_000,
    ]);
    expect(recovery.remedy(loss({ now: 100_000 }))).toEqual({
      kind: "restore",
      afterMs: 0,
      stopped: undefined,
    });
  });

  test("an event that crashes each time is used up, whoever was named", () => {
    for (const offender of [true, false]) {
      const recovery = new Recovery();
      const remedies = Array.from({ length: 6 }, () =>
        recovery.remedy(loss({ offender, hasUncommitted: true })),
      );
      expect(remedies.some(({ stopped }) => stopped === "stopped-crashed")).toBe(true);
    }
  });

  test("no cause repeats without end", () => {
    for (const why of ["crashed", "blocked", "memory"] as const) {
      for (const offender of [true, false]) {
        const recovery = new Recovery();
        const kinds = Array.from(
          { length: 25 },
          () => recovery.remedy(loss({ why, offender, hadCommitted: false })).kind,
        );
        expect(kinds).toContain("give-up");
      }
    }
  });
});
