/** How much of memory files may take, in bytes. */
export interface UploadLimits {
  /** One file, whatever its widget says. */
  readonly bytesPerFile: number;
  readonly bytesPerSession: number;
  readonly bytesPerViewer: number;
  readonly bytesInAll: number;
}

export interface Owner {
  readonly id: string;
  readonly viewer: string;
}

/** Counts what sessions, viewers and all of them hold. */
export class Room {
  readonly #limits: UploadLimits;
  readonly #sessions = new Map<string, number>();
  readonly #viewers = new Map<string, number>();
  inAll = 0;

  constructor(limits: UploadLimits) {
    this.#limits = limits;
  }

  /** Would so many bytes more still be let in? */
  has({ id, viewer }: Owner, bytes: number): boolean {
    const { bytesPerSession, bytesPerViewer, bytesInAll } = this.#limits;
    return (
      (this.#sessions.get(id) ?? 0) + bytes <= bytesPerSession &&
      (this.#viewers.get(viewer) ?? 0) + bytes <= bytesPerViewer &&
      this.inAll + bytes <= bytesInAll
    );
  }

  /** Takes bytes that have come, or answers that there is no room for them. */
  take(owner: Owner, bytes: number): boolean {
    if (!this.has(owner, bytes)) return false;
    this.#add(owner, bytes);
    return true;
  }

  give(owner: Owner, bytes: number): void {
    this.#add(owner, -bytes);
  }

  #add({ id, viewer }: Owner, bytes: number): void {
    this.inAll += bytes;
    move(this.#sessions, id, bytes);
    move(this.#viewers, viewer, bytes);
  }
}

function move(held: Map<string, number>, name: string, bytes: number): void {
  const next = (held.get(name) ?? 0) + bytes;
  if (next === 0) held.delete(name);
  else held.set(name, next);
}
