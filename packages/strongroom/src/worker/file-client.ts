import type { FileRead } from "../wire/upload.ts";
import { StrongroomError } from "./errors.ts";

interface Waiting {
  readonly session: number;
  readonly resolve: (part: Uint8Array | undefined) => void;
  readonly reject: (error: unknown) => void;
}

type Ask = (session: number, id: number, read: FileRead) => void;

/** Reads parts of viewers' files, which the gateway keeps. */
export class FileClient {
  readonly #ask: Ask;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** The part; nothing where the file is gone, or another session's. */
  read(session: number, read: FileRead): Promise<Uint8Array | undefined> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { session, resolve, reject });
      this.#ask(session, id, read);
    });
  }

  receive(id: number, part: Uint8Array | undefined): void {
    this.#waiting.get(id)?.resolve(part);
    this.#waiting.delete(id);
  }

  forget(session: number): void {
    for (const [id, waiting] of this.#waiting) {
      if (waiting.session !== session) continue;
      this.#waiting.delete(id);
      waiting.reject(new StrongroomError("ERR_FILE_GONE", "The session whose file is read has ended."));
    }
  }
}
