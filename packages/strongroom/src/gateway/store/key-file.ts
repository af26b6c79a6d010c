import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
  fsyncSync,
} from "node:fs";
import { dirname } from "node:path";
import { GatewayError } from "../errors.ts";

const keyBytes = 32;
const ownerOnly = 0o600;

/** Reads the key under which everything at rest is encrypted, and makes it where there is none. Only its owner may read it. */
export function readOrMakeKey(file: string): Buffer {
  try {
    return readKey(file);
  } catch (error) {
    if (!isNodeError(error) || error.code !== "ENOENT") throw explain(error, file);
  }
  return makeKey(file);
}

function readKey(file: string): Buffer {
  // A link could lead to a file that somebody else reads or swaps.
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { mode, uid, size } = fstatSync(descriptor);
    const isWindows = process.platform === "win32";
    if (!isWindows && (mode & 0o077) !== 0) {
      throw new GatewayError(
        "ERR_KEY_FILE",
        `Others can read the key file. Close it with: chmod 600 '${file}'`,
      );
    }
    if (!isWindows && uid !== process.getuid?.()) {
      throw new GatewayError(
        "ERR_KEY_FILE",
        `The key file ${file} belongs to another user; run the app as that user, or move the file away to begin with a new key.`,
      );
    }
    const key = Buffer.alloc(keyBytes);
    if (size !== keyBytes || readSync(descriptor, key) !== keyBytes) {
      throw new GatewayError(
        "ERR_KEY_FILE",
        `The key file ${file} must hold exactly ${keyBytes} bytes. Put the right one back, or move it away: what was kept under it is lost then.`,
      );
    }
    return key;
  } finally {
    closeSync(descriptor);
  }
}

function makeKey(file: string): Buffer {
  const key = randomBytes(keyBytes);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const descriptor = openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, ownerOnly);
    try {
      writeSync(descriptor, key);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    // Another start of the same app was faster: its key counts.
    if (isNodeError(error) && error.code === "EEXIST") return readKey(file);
    throw explain(error, file);
  }
  return key;
}

function explain(error: unknown, file: string): unknown {
  if (!isNodeError(error)) return error;
  const fix =
    error.code === "ELOOP"
      ? "it is a link; put the file itself there"
      : `${error.code ?? "unknown error"}; the folder must be writable for this user`;
  return new GatewayError("ERR_KEY_FILE", `The key file ${file} cannot be used: ${fix}.`, { cause: error });
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "errno" in error;
}
