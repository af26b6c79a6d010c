import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { memoryStore } from "./memory-store.ts";
import type { Store } from "./store.ts";
import { WriteBehind, type Storable } from "./write-behind.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Counter implements Storable {
  readonly id: string;
  value = 0;
  safe = 0;

  constructor(id: string) {
    this.id = id;
  }

  pack() {
    const { value } = this;
    return {
      write: { id: this.id, head: Buffer.from(String(value)) },
      onSafe: () => void (this.safe = value),
    };
  }
}

/** A store on a disk that is full now and then. */
function fillableStore(): Store & { isFull: boolean; puts: number } {
  const store = memoryStore();
  const disk = { ...store, isFull: false, puts: 0 };
  disk.put = async (writes) => {
    disk.puts++;
    if (disk.isFull) throw new Error("database or disk is full");
    await store.put(writes);
  };
  return disk;
}

function setUp() {
  const store = fillableStore();
  const said: string[] = [];
  const say = (...args: unknown[]): void => void said.push(String(args.at(-1)));
  const writer = new WriteBehind({ store, log: { error: say, info: say } as never });
  const head = async (id: string) => (await store.get(id))?.head.toString();
  return { store, said, writer, head };
}

describe("writing behind", () => {
  test("gathers many changes of many sessions into one write, within 110 ms", async () => {
    const { store, writer, head } = setUp();
    const counters = ["a", "b", "c"].map((id) => new Counter(id));
    for (let turn = 0; turn < 100; turn++) {
      for (const counter of counters) {
        counter.value++;
        writer.soon(counter);
      }
    }
    expect(counters[0]?.safe).toBe(0);
    await vi.advanceTimersByTimeAsync(110);
    expect([store.puts, await head("a"), await head("c"), counters[0]?.safe]).toEqual([1, "100", "100", 100]);
  });

  test("writes at once what must not wait", async () => {
    const { writer, head } = setUp();
    const click = new Counter("a");
    click.value = 1;
    await writer.now(click);
    expect([await head("a"), click.safe]).toEqual(["1", 1]);
  });

  test("keeps all that a full disk refuses, says so once, and writes it when there is room", async () => {
    const { store, said, writer, head } = setUp();
    const [a, b] = [new Counter("a"), new Counter("b")];
    store.isFull = true;
    a.value = 1;
    writer.soon(a);
    await vi.advanceTimersByTimeAsync(110);
    expect([writer.isFailing, a.safe]).toEqual([true, 0]);
    a.value = 2;
    writer.soon(a);
    b.value = 5;
    await writer.now(b);
    await vi.advanceTimersByTimeAsync(20_000);
    expect([said.length, a.safe, b.safe]).toEqual([1, 0, 0]);
    expect(said[0]).toMatch(/disk is full.*free some disk space/);
    store.isFull = false;
    await vi.advanceTimersByTimeAsync(40_000);
    expect([await head("a"), await head("b"), a.safe, b.safe]).toEqual(["2", "5", 2, 5]);
    expect([writer.isFailing, said.length]).toEqual([false, 2]);
  });

  test("clicks on a full disk do not put off the next try", async () => {
    const { store, writer, head } = setUp();
    store.isFull = true;
    const click = new Counter("a");
    for (click.value = 1; click.value < 100; click.value++) await writer.now(click);
    store.isFull = false;
    await vi.advanceTimersByTimeAsync(500);
    expect([await head("a"), writer.isFailing]).toEqual(["100", false]);
  });

  test("asks a full disk ever less often", async () => {
    const { store, writer } = setUp();
    store.isFull = true;
    writer.soon(new Counter("a"));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(store.puts).toBeLessThan(35);
  });

  test("flushes what waits, and forgets what was deleted", async () => {
    const { writer, head } = setUp();
    const [a, b] = [new Counter("a"), new Counter("b")];
    writer.soon(a);
    writer.soon(b);
    writer.forget(b);
    await writer.flush();
    expect([await head("a"), await head("b")]).toEqual(["0", undefined]);
  });
});
