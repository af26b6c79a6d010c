import type { UploadSlot } from "../../wire/upload.ts";
import { Blocks } from "./blocks.ts";
import { headBytes, judgeType } from "./judge-type.ts";
import type { Owner, Room } from "./room.ts";

/** Why a file is not taken. */
export type UploadRefusal = "gone" | "name" | "type" | "too-large" | "too-many" | "no-room" | "cut-off";

/** What an arrival needs of the shelf on which it will stand. */
export interface ArrivalPort {
  readonly owner: Owner;
  readonly slot: UploadSlot;
  readonly maxBytes: number;
  readonly room: Room;
}

/** One file on its way in: counted, and judged, while it comes. */
export class Arrival {
  readonly name: string;
  readonly owner: Owner;
  readonly slot: UploadSlot;
  readonly blocks: Blocks;
  readonly #port: ArrivalPort;
  #type: string | undefined;
  #isOver = false;

  constructor(port: ArrivalPort, name: string, expected: number) {
    this.#port = port;
    this.owner = port.owner;
    this.slot = port.slot;
    this.name = name;
    this.blocks = new Blocks(expected);
  }

  /** Takes the next piece; a refusal ends the arrival, and nothing of it is left. */
  add(piece: Uint8Array): UploadRefusal | undefined {
    if (this.#isOver) return "gone";
    const { room, owner, maxBytes } = this.#port;
    if (this.blocks.size + piece.length > maxBytes) return this.#refuse("too-large");
    if (!room.take(owner, piece.length)) return this.#refuse("no-room");
    this.blocks.add(piece);
    if (this.#type === undefined && this.blocks.size >= headBytes && !this.#judge())
      return this.#refuse("type");
    return undefined;
  }

  /** All of it is here: answers its type. */
  finish(): { readonly type: string } | UploadRefusal {
    if (this.#isOver) return "gone";
    if (this.#type === undefined && !this.#judge()) return this.#refuse("type");
    this.#isOver = true;
    return { type: this.#type ?? "" };
  }

  /** Gives all of it back; nothing where it is a file by now. */
  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#port.room.give(this.owner, this.blocks.size);
    this.blocks.clear();
  }

  #refuse(why: UploadRefusal): UploadRefusal {
    this.cancel();
    return why;
  }

  #judge(): boolean {
    const judged = judgeType(this.name, this.blocks.read(0, headBytes), this.slot.accept);
    if (judged.ok) this.#type = judged.type;
    return judged.ok;
  }
}
