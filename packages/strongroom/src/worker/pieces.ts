import { Readable } from "node:stream";
import { maxPieceBytes } from "../wire/worker-frames.ts";

/** Bytes that are made while they are read. */
export interface Pieces {
  /** The next bytes, no more than fit into a piece; none at the end. */
  next(): Promise<Uint8Array | undefined>;
  /** Nobody reads on: what makes them is told. */
  cancel(): void;
}

type Source = {
  readonly next: () => Promise<IteratorResult<unknown, unknown>> | IteratorResult<unknown, unknown>;
  readonly cancel: () => unknown;
};

/** Small parts are put together for so long, in ms. */
const togetherMs = 20;
const fullBytes = 64 * 1024;

interface Making {
  /** Refuses what is neither text nor bytes. */
  readonly bytesOf: (part: unknown) => Uint8Array;
  /** Calls the author's code where it knows its session. */
  readonly call: <T>(body: () => T) => T;
}

/** Pieces of what can be gone through. */
export function piecesOf(
  content: Iterable<unknown> | AsyncIterable<unknown>,
  { bytesOf, call }: Making,
): Pieces {
  const source = call(() => sourceOf(content));
  let step: Promise<IteratorResult<unknown, unknown>> | undefined;
  let left: Uint8Array = new Uint8Array();
  let isOver = false;
  const advance = async (isWanted: boolean): Promise<Uint8Array | undefined> => {
    step ??= begun(() => call(source.next));
    const done = isWanted ? await step : await Promise.race([step, afterAWhile()]);
    if (done === undefined) return undefined;
    step = undefined;
    if (done.done !== true) return bytesOf(done.value);
    isOver = true;
    return undefined;
  };
  return {
    async next() {
      const parts = [left];
      let size = left.length;
      while (!isOver && size < fullBytes) {
        const part = await advance(size === 0);
        if (part === undefined) break;
        parts.push(part);
        size += part.length;
      }
      const whole = parts.length === 1 ? left : Buffer.concat(parts);
      left = whole.subarray(maxPieceBytes);
      return whole.length === 0 ? undefined : whole.subarray(0, maxPieceBytes);
    },
    cancel() {
      isOver = true;
      left = new Uint8Array();
      // What its clean-up throws is nobody's answer.
      begun(() => call(source.cancel)).catch(() => undefined);
      step?.catch(() => undefined);
    },
  };
}

/** A promise of what code answers, also where it throws at once. */
async function begun<T>(body: () => T | Promise<T>): Promise<T> {
  return body();
}

function afterAWhile(): Promise<undefined> {
  return new Promise((resolve) => void setTimeout(() => resolve(undefined), togetherMs));
}

/** What waits for its next part is cancelled at once where its kind allows that; a generator where it yields next. */
function sourceOf(content: Iterable<unknown> | AsyncIterable<unknown>): Source {
  if (content instanceof ReadableStream) {
    const reader = (content as ReadableStream<unknown>).getReader();
    return {
      next: () => reader.read() as Promise<IteratorResult<unknown, unknown>>,
      cancel: () => reader.cancel(),
    };
  }
  const iterator =
    Symbol.asyncIterator in content ? content[Symbol.asyncIterator]() : content[Symbol.iterator]();
  const cancel = (): unknown => (content instanceof Readable ? content.destroy() : iterator.return?.());
  return { next: () => iterator.next(), cancel };
}
