import { createHash, randomBytes } from "node:crypto";
import type { Offered } from "./services.ts";

/** The bytes that a session's page refers to, by content, so that a rerun does not send them again. */
export class Offers {
  readonly #handles = new Map<string, { readonly handle: string; unusedRuns: number }>();

  handleOf({ bytes, mime, fileName }: Offered): { handle: string; isNew: boolean } {
    const name = createHash("sha256")
      .update(`${mime}\0${fileName ?? ""}\0`)
      .update(bytes)
      .digest("base64url");
    return this.named(name);
  }

  /** The handle of what has this name, whatever it is. */
  named(name: string): { handle: string; isNew: boolean } {
    const known = this.#handles.get(name);
    if (known !== undefined) {
      known.unusedRuns = -1;
      return { handle: known.handle, isNew: false };
    }
    const handle = randomBytes(32).toString("base64url");
    this.#handles.set(name, { handle, unusedRuns: -1 });
    return { handle, isNew: true };
  }

  /** Handles that two runs in a row did not use: the page that showed them is gone. */
  endRun(): readonly string[] {
    const gone: string[] = [];
    for (const [name, entry] of this.#handles) {
      entry.unusedRuns++;
      if (entry.unusedRuns < 2) continue;
      gone.push(entry.handle);
      this.#handles.delete(name);
    }
    return gone;
  }
}
