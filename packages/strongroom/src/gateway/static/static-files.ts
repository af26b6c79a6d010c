import { lstatSync, realpathSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Logger } from "pino";
import type { Mask } from "../../secrets/mask.ts";
import { isUnchanged, readRange } from "../edge/byte-range.ts";
import { dispositionOf } from "../edge/content-disposition.ts";
import { textAnswer, type Answer } from "../http/answer.ts";
import { openListed, type Opened } from "./open-listed.ts";
import { listStatic, type StaticList } from "./static-list.ts";
import { staticType } from "./static-types.ts";

export interface StaticOptions {
  /** The folder whose files are served; nothing: there is none. */
  readonly folder: string | undefined;
  readonly mask: Mask;
  readonly log: Pick<Logger, "warn">;
  readonly now: () => number;
}

export interface AskedForFile {
  /** The path below the folder, as it stands in the request: escaped. */
  readonly rest: string;
  readonly headers: IncomingHttpHeaders;
  readonly isHead: boolean;
}

/** A file that is put there is found within this. */
const freshMs = 1_000;
/** So many are sent at a time: each holds a descriptor. */
const mostOpen = 500;
/** Text up to this is searched for secrets; what is larger is no file that somebody wrote by hand. */
const searchedBytes = 4_000_000;

/** The files that an app serves as they are. Only names that were listed are ever opened. */
export class StaticFiles {
  readonly #options: StaticOptions;
  #list: { readonly list: Promise<StaticList>; readonly until: number } | undefined;
  #open = 0;
  #isWarned = false;

  constructor({ folder, ...options }: StaticOptions) {
    this.#options = { ...options, folder: folder === undefined ? undefined : real(folder) };
    if (folder !== undefined && this.#options.folder === undefined)
      options.log.warn(
        "server.enableStaticServing is on, and there is no folder `static` beside the app's script (a link is none). Nothing is served.",
      );
  }

  /** Answers one file, whole or in part; nothing where there is none of that name. */
  async answer(asked: AskedForFile): Promise<Answer | undefined> {
    const name = decoded(asked.rest);
    const path = name === undefined ? undefined : (await this.#listed()).files.get(name);
    if (name === undefined || path === undefined) return undefined;
    if (this.#open >= mostOpen)
      return textAnswer(503, "Too many files are sent now.", { "Retry-After": "2" });
    this.#open++;
    const opened = await openListed(path).catch(() => undefined);
    let content: Readable | undefined;
    try {
      if (opened === undefined) return undefined;
      const answer = await this.#answerOf(opened, staticType(name), asked);
      content = answer.stream?.content;
      content?.once("close", () => this.#open--);
      return answer;
    } finally {
      if (content === undefined) {
        this.#open--;
        await opened?.handle.close();
      }
    }
  }

  async #answerOf(opened: Opened, mime: string, { headers: asked, isHead }: AskedForFile): Promise<Answer> {
    const { handle, etag } = opened;
    const { type, disposition } = dispositionOf(mime, undefined);
    const headers = { "Accept-Ranges": "bytes", "Content-Disposition": disposition, ETag: etag };
    const common = { type, cache: "private, no-cache", headers };
    if (isUnchanged(asked["if-none-match"], etag)) return { ...common, status: 304 };
    const text = await this.#masked(opened, type);
    const bytes = text?.length ?? opened.bytes;
    const isSame = asked["if-range"] === undefined || asked["if-range"] === etag;
    const range = readRange(isSame ? asked.range : undefined, bytes);
    if (range.kind === "unsatisfiable")
      return textAnswer(416, "There are fewer bytes.", { "Content-Range": `bytes */${bytes}` });
    const { from, to } = range.kind === "part" ? range : { from: 0, to: bytes - 1 };
    const part = range.kind === "part" ? { "Content-Range": `bytes ${from}-${to}/${bytes}` } : {};
    const answer = { ...common, status: range.kind === "part" ? 206 : 200, headers: { ...headers, ...part } };
    if (text !== undefined) return { ...answer, body: text.subarray(from, to + 1) };
    if (isHead || bytes === 0) return { ...answer, length: to + 1 - from };
    const content = handle.createReadStream({ start: from, end: to });
    return { ...answer, length: to + 1 - from, stream: { content } };
  }

  /** Text in which secrets are hidden; nothing where there is none to hide. */
  async #masked({ handle, bytes }: Opened, type: string): Promise<Buffer | undefined> {
    const { mask, log } = this.#options;
    if (mask.isEmpty || bytes > searchedBytes || !/^text\/|json|xml/.test(type)) return undefined;
    const text = Buffer.alloc(bytes);
    const { bytesRead } = await handle.read(text, 0, bytes, 0);
    const written = text.toString("utf8", 0, bytesRead);
    if (!mask.finds(written)) return undefined;
    log.warn(
      "A secret stands in a file of the folder `static`, and is hidden in what is sent of it. Take it out.",
    );
    return Buffer.from(/json/.test(type) ? mask.json(written) : mask.text(written));
  }

  #listed(): Promise<StaticList> {
    const { folder, log, now } = this.#options;
    if (this.#list === undefined || this.#list.until <= now()) {
      const list = folder === undefined ? noFiles : listStatic(folder);
      this.#list = { list, until: now() + freshMs };
      void list.then(({ isCut }) => {
        if (isCut && !this.#isWarned)
          log.warn("The folder `static` holds more files than are served: put fewer into it.");
        this.#isWarned ||= isCut;
      });
    }
    return this.#list.list;
  }
}

const noFiles: Promise<StaticList> = Promise.resolve({ files: new Map(), isCut: false, isThere: false });

/** A name as the folder has it. The gate has refused all that has a second spelling; what is left is read once. */
function decoded(rest: string): string | undefined {
  try {
    return decodeURIComponent(rest);
  } catch {
    return undefined; // an escaped byte that belongs to no character
  }
}

/** The folder by its real path; nothing where it is none, or a link to one. */
function real(folder: string): string | undefined {
  try {
    return lstatSync(folder).isDirectory() ? realpathSync(folder) : undefined;
  } catch {
    return undefined;
  }
}
