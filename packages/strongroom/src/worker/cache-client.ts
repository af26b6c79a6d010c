import {
  cacheAnswerSchema,
  maxCacheHeadChars,
  maxValueBytes,
  type CacheAnswer,
  type CacheClaim,
  type CacheClear,
  type CacheRequest,
} from "../wire/cache-frames.ts";
import { decodeText } from "../wire/schema.ts";

/** What the gateway answers to a claim. */
export type ClaimAnswer =
  | { readonly is: "value"; readonly bytes: Uint8Array; readonly madeAt: number; readonly refresh: boolean }
  | { readonly is: "yours" }
  | { readonly is: "none" };

/** A claim that was made: whoever is told to compute ends it by `put` or `fail`. */
export interface Ticket {
  readonly answer: Promise<ClaimAnswer>;
  put(value: Uint8Array, limits: { readonly maxEntries: number; readonly maxBytes: number }): void;
  fail(restMs: number): void;
}

/** The values that all workers share, as the gateway keeps them. */
export interface SharedValues {
  /** Version of what decides about the results of a function beside the code at its place: another one has other values. */
  versionOf(place: string): string;
  /** Asks for a value of everybody's (`session` 0), or of a session's viewer. */
  claim(session: number, claim: Omit<CacheClaim, "do">): Ticket;
  /** Clears for everybody (`session` 0), or for a session's viewer; without a name, all of a kind. */
  clear(session: number, clear: Omit<Extract<CacheRequest, { do: "clear" }>, "do">): void;
}

/** What this worker says of a value. */
export interface SaidOfCache {
  /** Whose viewer is meant; 0 for everybody. */
  readonly session: number;
  /** Number of the claim; 0 where there is none. */
  readonly n: number;
  readonly head: string;
  readonly value: Uint8Array | undefined;
}

export interface CacheClientPort {
  readonly send: (said: SaidOfCache) => void;
  /** Somebody cleared. */
  readonly cleared: (clear: CacheClear) => void;
}

/** The worker's side of the shared values. */
export class CacheClient implements SharedValues {
  readonly #port: CacheClientPort;
  readonly #waiting = new Map<number, (answer: ClaimAnswer) => void>();
  #last = 0;
  #build = "";
  #secrets = "";
  #versions: Readonly<Record<string, string>> = {};

  constructor(port: CacheClientPort) {
    this.#port = port;
  }

  /** Takes up a build, named for what is in it, and the versions of what its modules import. */
  useBuild(build: string, versions: Readonly<Record<string, string>>): void {
    this.#build = build;
    this.#versions = versions;
  }

  /** Takes up secrets: values that were made of others are not asked for. */
  useSecrets(stamp: string): void {
    this.#secrets = stamp;
  }

  versionOf(place: string): string {
    return `${this.#secrets}/${this.#codeOf(place)}`;
  }

  #codeOf(place: string): string {
    const at = place.lastIndexOf("#");
    // Our own functions are the same in every build; of what the compiler has not seen only the whole build is known.
    if (at < 0) return place.startsWith("st.") ? "" : this.#build;
    return this.#versions[place.slice(0, at)] ?? this.#build;
  }

  claim(session: number, claim: Omit<CacheClaim, "do">): Ticket {
    const n = ++this.#last;
    const { promise: answer, resolve } = Promise.withResolvers<ClaimAnswer>();
    this.#waiting.set(n, resolve);
    this.#send({ session, n }, { do: "claim", ...claim });
    const fail = (restMs: number): void =>
      this.#send({ session, n }, { do: "fail", ...(restMs === 0 ? {} : { restMs }) });
    return {
      answer,
      fail,
      put: (value, { maxEntries, maxBytes }) => {
        // It stays in this worker; others compute it for themselves.
        if (value.length > maxValueBytes) return fail(0);
        const limits = { ...finite("maxEntries", maxEntries), ...finite("maxBytes", maxBytes) };
        this.#send({ session, n }, { do: "put", ...limits }, value);
      },
    };
  }

  clear(session: number, clear: Omit<Extract<CacheRequest, { do: "clear" }>, "do">): void {
    this.#send({ session, n: 0 }, { do: "clear", ...clear });
  }

  receive(n: number, head: string, value: Uint8Array): void {
    const decoded = decodeText(cacheAnswerSchema, head, maxCacheHeadChars);
    if (!decoded.ok) throw new TypeError(`An answer was expected: ${decoded.expected} at ${decoded.at}.`);
    const answer = decoded.value;
    if (answer.is === "clear") return this.#port.cleared(answer);
    const resolve = this.#waiting.get(n);
    this.#waiting.delete(n);
    resolve?.(answerOf(answer, value));
  }

  #send(claim: Pick<SaidOfCache, "session" | "n">, request: CacheRequest, value?: Uint8Array): void {
    this.#port.send({ ...claim, head: JSON.stringify(request), value });
  }
}

function answerOf(answer: Exclude<CacheAnswer, CacheClear>, value: Uint8Array): ClaimAnswer {
  if (answer.is !== "value") return answer;
  // Bytes of a frame are a part of something larger.
  const bytes = new Uint8Array(value);
  return { is: "value", bytes, madeAt: answer.madeAt, refresh: answer.refresh === true };
}

function finite<N extends string>(name: N, value: number): Partial<Record<N, number>> {
  return Number.isFinite(value) ? ({ [name]: value } as Record<N, number>) : {};
}
