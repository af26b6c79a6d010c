import { text } from "node:stream/consumers";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Identity } from "./auth/identity.ts";
import type { SiteRule } from "./edge/fetch-metadata.ts";
import type { CookiePlace } from "./edge/cookies.ts";
import type { Site } from "./edge/own-origins.ts";
import { textAnswer, type Answer } from "./http/answer.ts";

/** Who may ask: anyone; anyone, who becomes a viewer by it; only who is a viewer already. */
export type Who = "anyone" | "visitor" | "viewer";
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "DELETE";

/** What must be true of a request before its operation hears of it. There is no default: each operation says all of it. */
export interface Policy<W extends Who = Who> {
  readonly who: W;
  /**
   * `app`: only for those who may open the app; `page`: the operation itself asks whether they may see the page;
   * `open`: also for those who have yet to sign in.
   */
  readonly access: "app" | "page" | "open";
  readonly methods: readonly Method[];
  /** `any` only for what tells nothing and changes nothing. */
  readonly host: "ours" | "any";
  readonly site: SiteRule;
  /** `exact`: the `Origin` header must be there and be ours. */
  readonly origin: "exact" | "unasked";
  readonly maxBodyBytes: number;
}

/** The name by which a request reached the gateway, and how. */
export type ReachedSite = Site & CookiePlace;

/** What is left of a request once its policy has let it in. */
export interface Asked {
  /** Below the base. */
  readonly path: string;
  /** The path after the operation's own. */
  readonly rest: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly site: ReachedSite;
  readonly isHead: boolean;
  /** The client's address, as the connection shows it, or a proxy that is trusted; no other header can change it. */
  readonly address: string;
  /** Who asks, where they have signed in and the operation's policy asks for a viewer. */
  readonly identity: Identity | undefined;
}

/** A viewer's request: the hash of the cookie. */
export interface AskedByViewer extends Asked {
  readonly viewer: string;
}

/** A visitor's: the cookie to set, where there was none. */
export interface AskedByVisitor extends AskedByViewer {
  readonly setCookie: string | undefined;
}

/** A request that the gate has let in. */
export interface Entry {
  readonly asked: Asked;
  readonly viewer: string | undefined;
  readonly setCookie: string | undefined;
  /** What the request brings; nobody has read of it yet. */
  readonly body: IncomingMessage;
}

interface Told<W extends Who, A extends Asked> {
  readonly name: string;
  /** `/x` for exactly that, `/x/*` for what is below. */
  readonly path: string;
  readonly policy: Policy<W>;
  readonly answer: (asked: A) => Answer | Promise<Answer>;
}

/** Answers requests on one path. Only the functions below make one, and none does so without a policy. */
export interface Operation {
  readonly name: string;
  readonly path: string;
  readonly policy: Policy;
  /** It takes its time to read what comes, and sees to it that this ends. */
  readonly readsBody?: true;
  readonly run: (entry: Entry) => Answer | Promise<Answer>;
}

/** Hears of no viewer at all. */
export function forAnyone({ answer, ...rest }: Told<"anyone", Asked>): Operation {
  return { ...rest, run: ({ asked }) => answer(asked) };
}

/** Hears of no viewer, and of a short body once all of it has come. */
export function forCallers({
  answer,
  ...rest
}: Omit<Told<"anyone", Asked>, "answer"> & {
  readonly answer: (asked: Asked, body: string) => Promise<Answer>;
}): Operation {
  // The gate has seen to it that the body says how long it is, and that this is not too long.
  return {
    ...rest,
    run: async ({ asked, body }) => {
      const said = await text(body).catch(() => undefined); // cut off: nobody's failure but the caller's
      return said === undefined ? textAnswer(400, "All of the body was expected.") : answer(asked, said);
    },
  };
}

/** Hears of who is a viewer already. */
export function forViewers({ answer, ...rest }: Told<"viewer", AskedByViewer>): Operation {
  return { ...rest, run: (entry) => answer(byViewer(entry)) };
}

/** Hears of who is a viewer already, and reads what they send as it comes. */
export function forSenders({
  answer,
  ...rest
}: Omit<Told<"viewer", AskedByViewer>, "answer"> & {
  readonly answer: (asked: AskedByViewer, body: IncomingMessage) => Promise<Answer>;
}): Operation {
  return { ...rest, readsBody: true, run: (entry) => answer(byViewer(entry), entry.body) };
}

/** Makes viewers of visitors. */
export function forVisitors({ answer, ...rest }: Told<"visitor", AskedByVisitor>): Operation {
  return { ...rest, run: (entry) => answer({ ...byViewer(entry), setCookie: entry.setCookie }) };
}

/** Says to the compiler what the gate has made sure of. */
export function byViewer({ asked, viewer }: Entry): AskedByViewer {
  if (viewer === undefined) throw new TypeError("A viewer was expected.");
  return { ...asked, viewer };
}

/** The connection that a request wants to turn into a socket. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly connection: Duplex;
  readonly head: Buffer;
}

/** Turns requests on one path into sockets, or answers why not. */
export interface UpgradeOperation {
  readonly name: string;
  readonly path: string;
  readonly policy: Policy<"viewer">;
  readonly upgrade: (asked: AskedByViewer, upgrade: Upgrade) => Answer | undefined;
}
