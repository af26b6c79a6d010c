import { randomBytes } from "node:crypto";
import { basename, dirname } from "node:path";
import { decodeText } from "../wire/schema.ts";
import { eventSchema } from "../wire/messages.ts";
import { fromWorker, toWorker, type NewWorkerFrame, type WorkerFrame } from "../wire/worker-frames.ts";
import { openSchema, setupSchema, maxSetupChars, type WorkerSetup } from "../wire/worker-setup.ts";
import { fileSchema, type UploadSlot } from "../wire/upload.ts";
import { CacheClient } from "./cache-client.ts";
import { heedClear, shelvesOf } from "./cache-shelves.ts";
import { hiddenTexts } from "../secrets/forms.ts";
import { Mask } from "../secrets/mask.ts";
import { loadApp, readVersions, sourceTextsOf, type App } from "./app.ts";
import { BrokerClient } from "./broker-client.ts";
import { authorFrames, incidentOf, stackOf } from "./show-error.ts";
import { StrongroomError } from "./errors.ts";
import { FileClient } from "./file-client.ts";
import { Flows } from "./flows.ts";
import { hideInMarkdown } from "./markdown.ts";
import { Offers } from "./offers.ts";
import { fillEnvironment } from "./environment.ts";
import { provideSecrets } from "./secrets.ts";
import type { PageLink } from "./run.ts";
import { SessionRunner, type Outlet } from "./runner.ts";
import type { Offered, OfferedFlow, Services } from "./services.ts";
import { WorkerSession } from "./session.ts";
import { deepFreeze } from "./user.ts";
import { errorText, thrownText, type Thrown } from "./thrown.ts";
import { warmUp } from "./warm-up.ts";

/** What the process gives to the worker. */
export interface WorkerPort {
  readonly write: (frame: NewWorkerFrame) => void;
  /** Sends at once what was written so far; else it goes out at the end of the tick. */
  readonly push: () => void;
  readonly begin: (session: number) => void;
  readonly closeNetwork: () => void;
}

/** How a session begins: where it is, and what was dumped of it. */
interface Opening {
  readonly head: string;
  readonly core: Buffer;
  readonly state: Buffer;
}

const none = Buffer.alloc(0);
const maxFileChars = 10_000;
/** A session that has left takes nothing. */
const noSlot = "0".repeat(43);
const maxOpeningChars = 4_000_000;
/** What fits into one frame, with room for its head. */
const maxOfferBytes = 60_000_000;

/** Runs the sessions that the gateway opens here. */
export class Worker {
  readonly #port: WorkerPort;
  readonly #sessions = new Map<number, SessionRunner>();
  readonly #offers = new Map<number, Offers>();
  readonly #broker: BrokerClient;
  readonly #files: FileClient;
  readonly #flows: Flows;
  readonly #cache: CacheClient;
  readonly #outlet: Outlet;
  #app: App | undefined;
  #isSourceText: (text: string) => boolean = () => false;
  #setup: WorkerSetup | undefined;
  #services: Services | undefined;

  constructor(port: WorkerPort) {
    this.#port = port;
    this.#broker = new BrokerClient({
      ask: (session, id, text) => port.write({ kind: fromWorker.query, session, n: id, parts: [text] }),
      cancel: (session, id) => port.write({ kind: fromWorker.cancel, session, n: id }),
    });
    this.#files = new FileClient((session, id, ask) =>
      port.write({
        kind: "reading" in ask ? fromWorker.parse : fromWorker.read,
        session,
        n: id,
        parts: [JSON.stringify(ask)],
      }),
    );
    this.#flows = new Flows({
      piece: (flow, bytes) => port.write({ kind: fromWorker.piece, n: flow, parts: [bytes] }),
      broke: (flow) => port.write({ kind: fromWorker.broke, n: flow }),
      report: (error) => this.report(error),
      begin: port.begin,
    });
    this.#cache = new CacheClient({
      send: ({ session, n, head, value }) =>
        port.write({ kind: fromWorker.cache, session, n, parts: [head, value] }),
      cleared: (clear) => {
        if (this.#services !== undefined) heedClear(this.#services, clear);
      },
    });
    this.#outlet = {
      begin: port.begin,
      send: (session, text, done) => {
        port.write({ kind: fromWorker.text, session, n: done === undefined ? 0 : done + 1, parts: [text] });
      },
      commit: (session, { event, core, state }) => {
        port.write({ kind: fromWorker.commit, session, n: event, parts: [core, state] });
      },
      ended: (session) => this.#releaseOffers(session),
      push: () => port.push(),
    };
  }

  receive({ kind, session, n, parts }: WorkerFrame): void {
    const [first = none, second = none, third = none] = parts;
    switch (kind) {
      case toWorker.event:
        return this.#andSay(session, () => this.#event(session, first.toString()));
      case toWorker.open:
        return this.#andSay(session, () =>
          this.#open(session, n, { head: first.toString(), core: second, state: third }),
        );
      case toWorker.close:
        return this.#close(session);
      case toWorker.resend:
        return this.#sessions.get(session)?.resend();
      case toWorker.rerun:
        return this.#andSay(session, () => this.#sessions.get(session)?.rerun());
      case toWorker.stop:
        return this.#sessions.get(session)?.stop();
      case toWorker.answer:
        return this.#broker.receive(n, first.toString());
      case toWorker.file:
        return this.#file(session, first.toString());
      case toWorker.part:
      case toWorker.table:
        return this.#files.receive(n, parts[0]);
      case toWorker.more:
        return void this.#flows.more(n);
      case toWorker.drop:
        return this.#flows.drop(n);
      case toWorker.cache:
        return this.#cache.receive(n, first.toString(), second);
      case toWorker.setup:
        return this.#begin(first.toString());
      case toWorker.load:
        return void this.#load(first.toString());
      default:
        throw new RangeError("A frame of a known kind was expected.");
    }
  }

  /** The gateway hands the next event over when it hears that this one's synchronous part is done. */
  #andSay(session: number, handle: () => void): void {
    try {
      handle();
    } finally {
      this.#port.write({ kind: fromWorker.taken, session });
    }
  }

  #begin(text: string): void {
    const decoded = decodeText(setupSchema, text, maxSetupChars);
    if (!decoded.ok)
      throw new TypeError(`The worker's setup: ${decoded.expected} was expected at ${decoded.at}.`);
    const setup = (this.#setup = decoded.value);
    if (setup.network === "none") this.#port.closeNetwork();
    const secrets = setup.secrets as Readonly<Record<string, unknown>>; // the gateway sends a section
    provideSecrets({ values: secrets, places: setup.secretPlaces });
    const mask = new Mask(hiddenTexts(setup.secrets, setup.shownSecrets));
    if (!mask.isEmpty) hideInMarkdown((source) => mask.text(source));
    this.#cache.useSecrets(setup.secretStamps[0] ?? "");
    if (setup.environment) fillEnvironment(secrets);
    this.#services = {
      offer: (session, content) => this.#offer(session, content),
      flow: (session, content) => Promise.resolve(this.#flow(session, content)),
      takeFiles: (session, slot) => this.#takeFiles(session, slot),
      readFile: (session, read) => this.#files.ask(session, read),
      readTable: (session, parse) => this.#files.ask(session, parse),
      // A download may outlive its session's stay here, and nobody would answer it.
      ask: (session, request, signal) =>
        this.#sessions.has(session)
          ? this.#broker.ask(session, request, signal)
          : Promise.reject(sessionLeft()),
      tell: (session, message) =>
        this.#port.write({ kind: fromWorker.text, session, parts: [JSON.stringify(message)] }),
      report: (error, thrown) => this.report(error, thrown),
      secrets,
      secretPlaces: setup.secretPlaces,
      secretStamps: setup.secretStamps,
      options: setup.options,
      shared: new Map(),
      cache: this.#cache,
      isCompiled: true,
      isSourceText: (text) => this.#isSourceText(text),
    };
    warmUp(this.#services);
  }

  async #load(file: string): Promise<void> {
    this.#cache.useBuild(basename(dirname(file)), readVersions(file));
    this.#isSourceText = sourceTextsOf(file);
    try {
      this.#app = await loadApp(file, (error, thrown) => this.report(error, thrown));
      this.#sayLoaded({ ok: true, pages: this.#app.pages });
    } catch (error) {
      this.report(error);
      const message =
        error instanceof Error
          ? `${error.message}${this.#place(error)}`
          : `The app could not be loaded. ${thrownText(error).name}: ${thrownText(error).message}`;
      this.#sayLoaded({ ok: false, message: message.slice(0, 10_000) });
    }
  }

  #sayLoaded(loaded: { readonly ok: boolean } & Record<string, unknown>): void {
    this.#port.write({ kind: fromWorker.ready, n: 1, parts: [JSON.stringify(loaded)] });
  }

  #place(error: Error): string {
    const [frame] = authorFrames(error.stack ?? "", this.#setup?.options.appFolder ?? "");
    return frame === undefined ? "" : ` (${frame.file}:${frame.line})`;
  }

  #open(number: number, treeAtLeast: number, opening: Opening): void {
    const app = this.#app;
    const services = this.#services;
    const head = decodeText(openSchema, opening.head, maxOpeningChars);
    if (!head.ok || app === undefined || services === undefined)
      throw new TypeError("A loaded worker and an opening were expected.");
    let session = new WorkerSession(number, services);
    session.treeNumber = treeAtLeast;
    session.page = head.value.page;
    session.query = head.value.query;
    session.viewer = head.value.viewer;
    for (const fact of head.value.files ?? []) session.files.set(fact.id, fact);
    session.user = deepFreeze(head.value.user);
    if (opening.core.length > 0) session = this.#restored(session, opening);
    session.pages = pagesFor(app, head.value.pages);
    if (!session.pages.some(({ path }) => path === session.page)) session.turnTo("", session.query);
    const runner = new SessionRunner(session, app, this.#outlet);
    this.#sessions.set(number, runner);
    this.#offers.set(number, new Offers());
    runner.open();
  }

  /** The session of a dump; one that cannot be read, from another version perhaps, begins anew. */
  #restored(fresh: WorkerSession, { core, state }: Opening): WorkerSession {
    const session = new WorkerSession(fresh.number, fresh.services);
    session.viewer = fresh.viewer;
    for (const [id, fact] of fresh.files) session.files.set(id, fact);
    session.user = fresh.user;
    try {
      session.restore(core, state, fresh);
      return session;
    } catch (error) {
      this.report(error);
      return fresh;
    }
  }

  #event(session: number, text: string): void {
    const runner = this.#sessions.get(session);
    if (runner === undefined) return;
    const decoded = decodeText(eventSchema, text, Number.MAX_SAFE_INTEGER);
    // The gateway has decoded the same text by the same schema: another one is not from it.
    if (!decoded.ok) throw new TypeError(`An event was expected: ${decoded.expected} at ${decoded.at}.`);
    runner.take(decoded.value);
  }

  #close(session: number): void {
    this.#sessions.get(session)?.close();
    this.#sessions.delete(session);
    this.#offers.delete(session);
    this.#broker.forget(session);
    this.#files.forget(session);
    this.#flows.forget(session);
  }

  #file(session: number, text: string): void {
    const decoded = decodeText(fileSchema, text, maxFileChars);
    if (!decoded.ok) throw new TypeError(`A file was expected: ${decoded.expected} at ${decoded.at}.`);
    this.#sessions.get(session)?.session.files.set(decoded.value.id, decoded.value);
  }

  #takeFiles(session: number, taking: Omit<UploadSlot, "slot">): string {
    const offers = this.#offers.get(session);
    if (offers === undefined) return noSlot;
    const { handle: slot, isNew } = offers.named(JSON.stringify(taking));
    if (isNew)
      this.#port.write({ kind: fromWorker.slot, session, parts: [JSON.stringify({ slot, ...taking })] });
    return slot;
  }

  #offer(session: number, content: Offered): string {
    if (content.bytes.length > maxOfferBytes) {
      const most = maxOfferBytes / 1_000_000;
      throw new StrongroomError(
        "ERR_TOO_LARGE",
        `An image or file on a page has at most ${most} MB; show a smaller one.`,
      );
    }
    const offers = this.#offers.get(session);
    if (offers === undefined) return "";
    const { handle, isNew } = offers.handleOf(content);
    if (isNew) {
      const { bytes, ...named } = content;
      const parts = [JSON.stringify({ handle, ...named }), bytes];
      this.#port.write({ kind: fromWorker.bytes, session, parts });
    }
    return handle;
  }

  #flow(session: number, { pieces, ...named }: OfferedFlow): string {
    if (!this.#sessions.has(session)) {
      pieces.cancel();
      return "";
    }
    const handle = randomBytes(32).toString("base64url");
    const flow = this.#flows.add(session, pieces);
    const parts = [JSON.stringify({ handle, ...named })];
    this.#port.write({ kind: fromWorker.bytes, session, n: flow, parts });
    return handle;
  }

  /** Releases what cached functions hold: the process ends. */
  async end(): Promise<void> {
    if (this.#services === undefined) return;
    const shelves = shelvesOf(this.#services);
    shelves.clearAll("resource");
    await shelves.released();
  }

  #releaseOffers(session: number): void {
    const gone = this.#offers.get(session)?.endRun() ?? [];
    if (gone.length > 0)
      this.#port.write({ kind: fromWorker.release, session, parts: [JSON.stringify(gone)] });
  }

  /** Writes an error into the log, under the id that pages show for it. */
  report(error: unknown, thrown?: Thrown): void {
    const text = errorText(error, stackOf(error, thrown)).slice(0, 20_000);
    const entry = { level: "error", incident: incidentOf(error), text };
    this.#port.write({ kind: fromWorker.log, parts: [JSON.stringify(entry)] });
  }
}

function sessionLeft(): StrongroomError {
  return new StrongroomError(
    "ERR_CONNECTION",
    "The session that asked has ended, or moved to another worker.",
  );
}

/** The pages of the menu: those that the viewer may see. To this session, there are no others. */
function pagesFor({ pages }: App, seen: readonly string[] | undefined): readonly PageLink[] {
  if (seen === undefined) return pages;
  const paths = new Set(seen);
  return pages.filter(({ path }) => paths.has(path));
}
