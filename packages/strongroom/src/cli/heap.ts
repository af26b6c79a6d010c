import { setFlagsFromString } from "node:v8";

/**
 * Keeps the heap near what is in use. Left alone, the part where objects begin grows to three times 16 MB in the first
 * rush, more than a thousand idle sessions weigh, and the rest to a multiple of what lives in it; neither is given back.
 * Here the first makes one step, to 4 MB (workers have that by flag); the rest is gone through when it has grown by
 * half, for 3 % more work at a page view and none at an event. Only such factors can be changed in a process that
 * runs: to start another one for a flag would take as long as the rest of the start.
 */
export function startSmallHeap(): void {
  setFlagsFromString("--semi-space-growth-factor=4");
  setFlagsFromString("--heap-growing-percent=50");
}

/** What the start has not needed is not needed. */
export function keepSmallHeap(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
