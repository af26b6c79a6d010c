import { uploadLimits, type FileFact, type FileRead, type UploadSlot } from "../../wire/upload.ts";
import { newToken } from "../tokens.ts";
import { Arrival, type UploadRefusal } from "./arrival.ts";
import type { Blocks } from "./blocks.ts";
import { mayFit } from "./judge-type.ts";
import { Room, type Owner, type UploadLimits } from "./room.ts";
import { readUploadName } from "./upload-name.ts";

interface Held {
  readonly fact: FileFact;
  readonly blocks: Blocks;
}

/** What one session has: where its files may be sent to, those that came, and those on their way. */
interface Shelf {
  readonly owner: Owner;
  readonly slots: Map<string, UploadSlot>;
  readonly files: Map<string, Held>;
  readonly arrivals: Set<Arrival>;
  /** Since when the session is in no memory but this. */
  restsSince: number | undefined;
}

/** No viewer sends more files at a time. */
const arrivalsPerViewer = 8;
/** A widget whose file is being replaced holds more than it may for a moment. */
const spareFiles = 8;
/** A tab that went away finds its files again for so long. */
const restMs = 10 * 60_000;

/** Files that viewers sent: in memory only, each for one session of one viewer, gone with that session. */
export class Uploads {
  readonly #limits: UploadLimits;
  readonly #now: () => number;
  readonly #room: Room;
  readonly #shelves = new Map<string, Shelf>();
  readonly #slots = new Map<string, Shelf>();
  readonly #arriving = new Map<string, number>();
  /** A session has a file more. */
  onFile: (session: string, fact: FileFact) => void = () => undefined;

  constructor(limits: UploadLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#room = new Room(limits);
  }

  /** What all files take, those on their way among them. */
  get bytes(): number {
    return this.#room.inAll;
  }

  // For sessions

  /** A widget stands on the page of a session, and takes files. */
  open(owner: Owner, slot: UploadSlot): void {
    const shelf = this.#shelfOf(owner);
    if (shelf.slots.size >= uploadLimits.slotsPerSession)
      this.close(owner.id, [...shelf.slots.keys()].slice(0, 1));
    shelf.slots.set(slot.slot, slot);
    this.#slots.set(slot.slot, shelf);
  }

  /** Widgets have gone; what they took stays until their session says otherwise. */
  close(session: string, slots: Iterable<string>): void {
    const shelf = this.#shelves.get(session);
    for (const slot of slots) if (shelf?.slots.delete(slot) === true) this.#slots.delete(slot);
  }

  files(session: string): readonly FileFact[] {
    const shelf = this.#shelves.get(session);
    if (shelf !== undefined) shelf.restsSince = undefined;
    return [...(shelf?.files.values() ?? [])].map(({ fact }) => fact);
  }

  /** A part of a file, for its own session; nothing where it is gone. */
  read(session: string, { file, from, length }: FileRead): Buffer | undefined {
    return this.#shelves.get(session)?.files.get(file)?.blocks.read(from, length);
  }

  /** The session left memory; the store may bring it back soon. */
  rest(session: string): void {
    const shelf = this.#shelves.get(session);
    if (shelf !== undefined) shelf.restsSince = this.#now();
  }

  sweep(): void {
    const since = this.#now() - restMs;
    for (const [session, { restsSince = Infinity }] of this.#shelves)
      if (restsSince <= since) this.forget(session);
  }

  forget(session: string): void {
    const shelf = this.#shelves.get(session);
    if (shelf === undefined) return;
    for (const arrival of shelf.arrivals) arrival.cancel();
    for (const id of shelf.files.keys()) this.#drop(shelf, id);
    this.close(session, [...shelf.slots.keys()]);
    this.#shelves.delete(session);
  }

  // For viewers

  /** What a slot takes, and the session on whose page it stands. */
  placeOf(slot: string): { readonly session: string; readonly taking: UploadSlot | undefined } | undefined {
    const shelf = this.#slots.get(slot);
    return shelf && { session: shelf.owner.id, taking: shelf.slots.get(slot) };
  }

  /** Begins to take a file; what is wrong with it is said before its bytes come, where that can be known. */
  begin(
    slot: string,
    viewer: string,
    announced: { readonly name: string | undefined; readonly size: number },
  ): Arrival | UploadRefusal {
    const shelf = this.#slots.get(slot);
    const found = shelf?.owner.viewer === viewer ? shelf.slots.get(slot) : undefined;
    if (shelf === undefined || found === undefined) return "gone";
    const name = readUploadName(announced.name, found.folders);
    if (name === undefined) return "name";
    const maxBytes = Math.min(found.maxBytes, this.#limits.bytesPerFile);
    if (announced.size > maxBytes) return "too-large";
    if (!mayFit(name, found.accept)) return "type";
    if (this.#isFull(shelf, found)) return "too-many";
    if (!this.#room.has(shelf.owner, announced.size)) return "no-room";
    const arrival = new Arrival(
      { owner: shelf.owner, slot: found, maxBytes, room: this.#room },
      name,
      announced.size,
    );
    shelf.arrivals.add(arrival);
    this.#arriving.set(viewer, (this.#arriving.get(viewer) ?? 0) + 1);
    return arrival;
  }

  /** All of it came: from here on it is a file of its session. */
  finish(arrival: Arrival): FileFact | UploadRefusal {
    const finished = arrival.finish();
    const shelf = this.#shelves.get(arrival.owner.id);
    if (typeof finished === "string") return finished;
    if (shelf === undefined) return "gone";
    const { name, blocks, slot } = arrival;
    const fact = { id: `f-${newToken()}`, widget: slot.widget, name, type: finished.type, size: blocks.size };
    shelf.files.set(fact.id, { fact, blocks });
    this.onFile(arrival.owner.id, fact);
    return fact;
  }

  /** The arrival is over, however it ended. */
  end(arrival: Arrival): void {
    arrival.cancel();
    const { id, viewer } = arrival.owner;
    if (this.#shelves.get(id)?.arrivals.delete(arrival) === false) return;
    const left = (this.#arriving.get(viewer) ?? 0) - 1;
    if (left > 0) this.#arriving.set(viewer, left);
    else this.#arriving.delete(viewer);
  }

  /** The viewer takes a file back. */
  remove(slot: string, file: string, viewer: string): boolean {
    const shelf = this.#slots.get(slot);
    const widget = shelf?.slots.get(slot)?.widget;
    const found = shelf?.files.get(file);
    if (shelf?.owner.viewer !== viewer || found?.fact.widget !== widget) return false;
    this.#drop(shelf, file);
    return true;
  }

  #isFull(shelf: Shelf, { widget, maxFiles }: UploadSlot): boolean {
    if ((this.#arriving.get(shelf.owner.viewer) ?? 0) >= arrivalsPerViewer) return true;
    if (shelf.files.size + shelf.arrivals.size >= uploadLimits.filesPerSession) return true;
    const own = [...shelf.files.values()].filter(({ fact }) => fact.widget === widget);
    return own.length >= maxFiles + spareFiles;
  }

  #shelfOf(owner: Owner): Shelf {
    let shelf = this.#shelves.get(owner.id);
    if (shelf === undefined) {
      const { id, viewer } = owner;
      shelf = {
        owner: { id, viewer },
        slots: new Map(),
        files: new Map(),
        arrivals: new Set(),
        restsSince: undefined,
      };
      this.#shelves.set(id, shelf);
    }
    return shelf;
  }

  #drop(shelf: Shelf, id: string): void {
    const held = shelf.files.get(id);
    if (held === undefined) return;
    shelf.files.delete(id);
    this.#room.give(shelf.owner, held.blocks.size);
    held.blocks.clear();
  }
}
