import { constants, type BigIntStats } from "node:fs";
import { lstat, open, realpath, type FileHandle } from "node:fs/promises";

export interface Opened {
  readonly handle: FileHandle;
  readonly bytes: number;
  /** Another one once the file has changed. */
  readonly etag: string;
}

/** Not through a link, and without waiting for what is no file. */
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Opens a file that was listed; nothing where it is gone, or where a link has taken its place or that of a folder above it. */
export async function openListed(path: string): Promise<Opened | undefined> {
  const handle = await open(path, flags).catch(() => undefined);
  if (handle === undefined) return undefined;
  const opened = await handle.stat({ bigint: true });
  if (opened.isFile() && (await isStill(path, opened)))
    return { handle, bytes: Number(opened.size), etag: etagOf(opened) };
  await handle.close();
  return undefined;
}

async function isStill(path: string, { dev, ino }: BigIntStats): Promise<boolean> {
  try {
    const there = await lstat(path, { bigint: true });
    return (await realpath(path)) === path && there.dev === dev && there.ino === ino;
  } catch {
    return false; // it went away: the next request will see what there is
  }
}

function etagOf({ size, mtimeNs, ino }: BigIntStats): string {
  return `"${[size, mtimeNs, ino].map((part) => part.toString(36)).join("-")}"`;
}
