import { s } from "../../wire/s.ts";
import { decodeText, type Infer, type Schema } from "../../wire/schema.ts";
import type { Records } from "../store/records.ts";
import { hashOf, isToken, newToken } from "../tokens.ts";

const openSeconds = 600;
/** The frame asks every second: what it does not fetch soon is nobody's. */
const handedSeconds = 60;
const viewer = s.string({ minLength: 43, maxLength: 43 });
const frameSchema = s.object({
  viewer,
  /** Its cookie belongs to the page that frames it. */
  framed: s.boolean,
});
const openSchema = s.object({ window: viewer, frame: s.optional(frameSchema) });
const handedSchema = s.object({ viewer, setCookie: s.string({ maxLength: 1_000 }) });

/** A frame for which somebody signs in, and the name under which that waits for it. */
export const handoverSchema = s.object({ name: viewer, frame: frameSchema });
export type Handover = Infer<typeof handoverSchema>;

/**
 * Sign-ins that are done in a window of their own for a frame, where no provider lets itself be shown. The window names
 * itself by a token to the page that opened it, and to no other; the frame claims that token with its own cookie. Only
 * the viewer of the window can begin with it then, and only the viewer of the frame gets what came of it: a window that
 * a link has opened, in whosever browser, is claimed by nobody. Each step uses up the one before.
 */
export class Handovers {
  readonly #records: Records;
  readonly #now: () => number;

  constructor(records: Records, now: () => number) {
    this.#records = records;
    this.#now = now;
  }

  /** What a window is known by. */
  async open(window: string): Promise<string> {
    const token = newToken();
    await this.#put("handover", hashOf(token), { window });
    return token;
  }

  /** The frame that has opened a window says that it has; only the first one is heard. */
  async claim(token: string | undefined, frame: Handover["frame"]): Promise<boolean> {
    const open = await this.#take("handover", token, openSchema);
    if (open === undefined || open.frame !== undefined) return false;
    await this.#put("handover", hashOf(token ?? ""), { ...open, frame });
    return true;
  }

  /** The window goes to where its viewer signs in. */
  async begin(token: string | undefined, window: string): Promise<Handover | undefined> {
    const open = await this.#take("handover", token, openSchema);
    if (open?.frame === undefined || open.window !== window) return undefined;
    return { name: hashOf(token ?? ""), frame: open.frame };
  }

  /** Somebody has signed in: their cookie waits for the frame. */
  async hand({ name, frame }: Handover, setCookie: string): Promise<void> {
    await this.#put("handed", name, { viewer: frame.viewer, setCookie });
  }

  /** There is something for this viewer. */
  async isHanded(token: string | undefined, viewer: string): Promise<boolean> {
    if (!isToken(token)) return false;
    const value = await this.#records.get("handed", hashOf(token));
    return value !== undefined && read(value, handedSchema)?.viewer === viewer;
  }

  /** Gives the cookie out, once, to the frame's own viewer; asked by anybody else, it is gone. */
  async collect(token: string | undefined, viewer: string): Promise<string | undefined> {
    const handed = await this.#take("handed", token, handedSchema);
    return handed?.viewer === viewer ? handed.setCookie : undefined;
  }

  async #put(kind: "handover" | "handed", id: string, value: object): Promise<void> {
    const seconds = kind === "handed" ? handedSeconds : openSeconds;
    const expiresAt = this.#now() + seconds * 1_000;
    await this.#records.put([{ kind, id, value: Buffer.from(JSON.stringify(value)), expiresAt }]);
  }

  async #take<T>(
    kind: "handover" | "handed",
    token: string | undefined,
    schema: Schema<T>,
  ): Promise<T | undefined> {
    if (!isToken(token)) return undefined;
    const value = await this.#records.take(kind, hashOf(token));
    return value && read(value, schema);
  }
}

function read<T>(value: Buffer, schema: Schema<T>): T | undefined {
  const decoded = decodeText(schema, value.toString(), 20_000);
  return decoded.ok ? decoded.value : undefined;
}
