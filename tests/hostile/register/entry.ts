/** The words in which attacks are written down; `../register.test.ts` tries them, the page of non-events is made from them. */

export type Part = "gateway" | "worker" | "browser" | "broker" | "build" | "elsewhere";

/**
 * One request, as it is sent. `(host)`, `(origin)`, `(cookie)`, `(ticket)`, `(token)`, `(session)`, `(slot)`, `(handle)` and
 * `(left)`, the cookie of a tab that is left, stand for what a real page has; `(their ticket)`, `(their left)`, `(their session)`, `(their slot)`, `(their handle)`, `(their login)` for what
 * that of somebody else has, who has signed in.
 */
export interface Ask {
  readonly line: string;
  /** `Name: value` replaces the header that is sent otherwise, `+Name: value` adds one, `-Name` leaves it out. */
  readonly headers?: readonly string[];
  readonly body?: string;
  /**
   * Nobody that the server knows, somebody who has a cookie, a page of ours that acts; the page of somebody who has signed
   * in, or of who was an administrator until a moment ago.
   */
  readonly as?: "stranger" | "viewer" | "page" | "signed-in" | "demoted";
  /** Any other answer is a hole; 0: no answer at all. */
  readonly status: readonly number[];
  /** What the answer must not hold, besides what no answer may. */
  readonly lacks?: readonly string[];
  /** Headers that the answer must have. */
  readonly has?: Readonly<Record<string, string>>;
}

export interface Frame {
  readonly text: string;
  /** Close codes that are right. */
  readonly closes?: readonly number[];
  /** The refusal that is right. */
  readonly refused?: string;
}

export type Attempt =
  | { readonly kind: "http"; readonly asks: readonly Ask[] }
  /** Texts on an open socket that has taken its session up; `(n)` and `(tree)` are what is due. */
  | { readonly kind: "frames"; readonly frames: readonly Frame[]; readonly as?: "signed-in" }
  /** Bytes in base 16 on an open socket, below the level of messages; the server must hang up. */
  | { readonly kind: "bytes"; readonly bytes: readonly string[] }
  /** What one of our own readers says of a text. */
  | {
      readonly kind: "unit";
      readonly unit: string;
      readonly cases: readonly (readonly [given: string, said: string])[];
    }
  /** Settings with which nothing starts. */
  | { readonly kind: "config"; readonly settings: readonly string[] }
  /** Lines of an app in which `strongroom check` finds something. */
  | { readonly kind: "check"; readonly rule: string; readonly scripts: readonly string[] }
  /** What our own source must not hold. */
  | { readonly kind: "source"; readonly files: RegExp; readonly lacks: RegExp; readonly but?: RegExp };

/** A test that stands elsewhere: `path › name`. */
export type Pointer = `${string} › ${string}`;

export interface Entry {
  /** Letter and number of the case. */
  readonly id: string;
  /** What broke elsewhere. */
  readonly title: string;
  readonly against: Part;
  /** What happens here. */
  readonly outcome: string;
  readonly attempts?: readonly Attempt[];
  readonly provenBy?: readonly Pointer[];
  /** Why there is nothing to try. */
  readonly cannot?: string;
}

/** Texts without spaces, as they stand: a backslash is one. */
export function words({ raw }: TemplateStringsArray): readonly string[] {
  return raw.join("").trim().split(/\s+/);
}

/** Paths that are asked for. */
export function gets(paths: TemplateStringsArray): readonly string[] {
  return words(paths).map((path) => `GET ${path}`);
}

/** The same answer to many lines, asked by the same. */
export function asks(
  status: number | readonly number[],
  lines: readonly string[],
  more: Omit<Ask, "line" | "status"> = {},
): readonly Ask[] {
  const all = typeof status === "number" ? [status] : status;
  return lines.map((line) => ({ line, status: all, ...more }));
}

export function http(...groups: readonly (readonly Ask[])[]): Attempt {
  return { kind: "http", asks: groups.flat() };
}

/** The same request under many headers. */
export function under(
  status: number | readonly number[],
  line: string,
  headers: readonly (string | readonly string[])[],
  more: Omit<Ask, "line" | "status" | "headers"> = {},
): readonly Ask[] {
  return headers.flatMap((some) => asks(status, [line], { ...more, headers: [some].flat() }));
}

export function unit(name: string, said: string, given: readonly string[]): Attempt {
  return { kind: "unit", unit: name, cases: given.map((one) => [one, said] as const) };
}

/** A header that opens a socket. */
export const upgrade: readonly string[] = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: c3Ryb25ncm9vbS1rZXktMQ==",
];
