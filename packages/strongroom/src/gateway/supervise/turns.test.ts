import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Turns } from "./turns.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function desk(starvedMs: () => number | undefined = () => undefined) {
  const sent: string[] = [];
  const crowded = vi.fn();
  const turns = new Turns({ begunBefore: () => undefined, now: () => Date.now(), starvedMs, crowded });
  const add = (session: number, what: string): void =>
    turns.add({ session, send: () => void sent.push(what) });
  return { sent, crowded, turns, add };
}

test("the next is handed over only when the last was taken", () => {
  const { sent, turns, add } = desk();
  add(1, "a");
  add(2, "b");
  add(1, "c");
  expect(sent).toEqual(["a"]);
  expect(turns.taken(1)).toBe(true);
  expect(sent).toEqual(["a", "b"]);
  turns.taken(2);
  expect(sent).toEqual(["a", "b", "c"]);
});

test("a worker that takes what it was not handed is not believed", () => {
  const { sent, turns, add } = desk();
  expect(turns.taken(1)).toBe(false);
  add(1, "a");
  add(2, "b");
  expect(turns.taken(2)).toBe(false);
  expect(sent).toEqual(["a"]);
});

test("who waits 20 ms behind another session looks elsewhere, and again until it has found a place", () => {
  const { crowded, turns, add } = desk();
  add(1, "a");
  vi.advanceTimersByTime(15);
  add(2, "b");
  vi.advanceTimersByTime(4);
  expect(crowded).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(crowded).toHaveBeenCalledTimes(1);
  expect(turns.behind()).toEqual(new Set([2]));
  vi.advanceTimersByTime(10);
  expect(crowded.mock.calls.length).toBeGreaterThan(1);
});

test("who waits behind itself does not", () => {
  const { crowded, add } = desk();
  add(1, "a");
  add(1, "b");
  vi.advanceTimersByTime(100);
  expect(crowded).not.toHaveBeenCalled();
});

test("what is dropped is never handed over", () => {
  const { sent, turns, add } = desk();
  add(1, "a");
  add(2, "b");
  turns.drop(2);
  turns.taken(1);
  expect(sent).toEqual(["a"]);
});

test("a worker that had no processor is not to blame", () => {
  let starved = 0;
  const { crowded, add } = desk(() => starved);
  add(1, "a");
  add(2, "b");
  starved = 15;
  vi.advanceTimersByTime(21);
  expect(crowded).not.toHaveBeenCalled();
  vi.advanceTimersByTime(8);
  expect(crowded).toHaveBeenCalledTimes(1);
});

test("what was taken while the supervisor itself was slow counts", () => {
  const { crowded, turns, add } = desk();
  add(1, "a");
  add(2, "b");
  setTimeout(() => setImmediate(() => turns.taken(1)), 19);
  vi.advanceTimersByTime(22);
  expect(crowded).not.toHaveBeenCalled();
});

test("turns that are short are never too many", () => {
  const { crowded, turns, add } = desk();
  add(1, "a");
  for (let turn = 0; turn < 100; turn++) {
    add(2, "b");
    vi.advanceTimersByTime(1);
    turns.taken(1);
    add(1, "a");
    vi.advanceTimersByTime(1);
    turns.taken(2);
  }
  expect(crowded).not.toHaveBeenCalled();
});
