import type { Page } from "playwright-core";
import { expect } from "vitest";

/**
 * Listens to a page from before it is opened; what it answers waits until the server has told the page that every event
 * which it sent is kept.
 */
export function untilKept(page: Page): () => Promise<void> {
  let [sent, committed] = [0, 0];
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => {
      sent = Math.max(sent, numberIn(/^\{"t":"event","n":(\d+)/, payload));
    });
    socket.on("framereceived", ({ payload }) => {
      committed = Math.max(committed, numberIn(/^\{"t":"commit","n":(\d+)/, payload));
    });
  });
  return () => expect.poll(() => sent > 0 && committed >= sent).toBe(true);
}

function numberIn(pattern: RegExp, payload: string | Buffer): number {
  return Number(pattern.exec(String(payload))?.[1] ?? 0);
}
