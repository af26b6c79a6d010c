import type { Socket } from "node:net";
import { FrameReader, frame, maxFrameBytes } from "../../wire/frames.ts";

export interface ChannelListener {
  readonly frame: (payload: Buffer) => void;
  /** The other side sent what cannot be a frame; nothing more is read. */
  readonly broken: (error: unknown) => void;
}

/** Frames over a child's socket. */
export class Channel {
  readonly #socket: Socket;

  constructor(socket: Socket, listener: ChannelListener, maxBytes: number = maxFrameBytes) {
    this.#socket = socket;
    const reader = new FrameReader(maxBytes);
    let isBroken = false;
    socket.on("data", (chunk: Buffer) => {
      if (isBroken) return;
      try {
        reader.push(chunk);
        for (let payload = reader.next(); payload !== undefined; payload = reader.next())
          listener.frame(payload);
      } catch (error) {
        isBroken = true;
        listener.broken(error);
      }
    });
    socket.on("error", () => {}); // the child has ended: its exit is told elsewhere
  }

  /** Sends what is framed already; tells when it has left our memory, if it ever does. */
  write(framed: Buffer, written?: () => void): void {
    if (this.#socket.writable) this.#socket.write(framed, written && ((error) => error ?? written()));
  }

  writeJson(message: unknown): void {
    this.write(frame(Buffer.from(JSON.stringify(message))));
  }

  end(): void {
    this.#socket.end();
  }
}
