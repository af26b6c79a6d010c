import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type CipherGCMTypes,
  type KeyObject,
} from "node:crypto";
import { GatewayError } from "../errors.ts";

const version = 1;
const algorithm: CipherGCMTypes = "aes-256-gcm";
const saltBytes = 16;
const counterBytes = 8;
const tagBytes = 16;
const headBytes = 1 + saltBytes + counterBytes;
const nonceBytes = 12;
/** Keys of earlier processes that are remembered; each is derived again when it is asked for. */
const maxKeys = 64;

/**
 * Encrypts what is written to disk: AES-256-GCM, the value's place as associated data, so that a value moved elsewhere
 * does not open. Each process derives a key of its own and counts its nonces: none is ever used twice, however many
 * values are written (SP 800-38D, 8.2.1).
 */
export class Sealer {
  readonly #root: Buffer;
  readonly #salt: Buffer = randomBytes(saltBytes);
  readonly #key: KeyObject;
  readonly #keys = new Map<string, KeyObject>();
  #counter = 0n;

  constructor(root: Buffer) {
    if (root.length !== 32) throw new TypeError("A key of 32 bytes was expected.");
    this.#root = root;
    this.#key = this.#derive(this.#salt);
  }

  /** Encrypts a value for one place; nowhere else does it open. */
  seal(place: string, value: Uint8Array): Buffer {
    const out = Buffer.allocUnsafeSlow(headBytes + value.length + tagBytes);
    out[0] = version;
    this.#salt.copy(out, 1);
    out.writeBigUInt64BE(this.#counter++, 1 + saltBytes);
    const cipher = createCipheriv(algorithm, this.#key, nonceOf(out), { authTagLength: tagBytes });
    cipher.setAAD(Buffer.from(place));
    cipher.update(value).copy(out, headBytes);
    cipher.final();
    cipher.getAuthTag().copy(out, headBytes + value.length);
    return out;
  }

  /** Decrypts what `seal` made for this place with this key. Anything else throws. */
  open(place: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (bytes.length < headBytes + tagBytes || bytes[0] !== version) throw cannotOpen(place);
    const key = this.#keyOf(bytes.subarray(1, 1 + saltBytes));
    const decipher = createDecipheriv(algorithm, key, nonceOf(bytes), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    const value = decipher.update(bytes.subarray(headBytes, -tagBytes));
    try {
      decipher.final();
    } catch {
      throw cannotOpen(place); // OpenSSL's own error names neither the place nor the fix
    }
    return value;
  }

  #keyOf(salt: Buffer): KeyObject {
    const name = salt.toString("latin1");
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    if (this.#keys.size >= maxKeys) this.#keys.clear();
    const key = this.#derive(salt);
    this.#keys.set(name, key);
    return key;
  }

  /** As an object: of bytes, Node makes one anew for each value, which takes three times as long as the rest. */
  #derive(salt: Buffer): KeyObject {
    const bytes = hkdfSync("sha256", this.#root, salt, "strongroom store 1", 32);
    return createSecretKey(new Uint8Array(bytes));
  }
}

function nonceOf(sealed: Buffer): Buffer {
  const nonce = Buffer.alloc(nonceBytes);
  sealed.copy(nonce, nonceBytes - counterBytes, 1 + saltBytes, headBytes);
  return nonce;
}

function cannotOpen(place: string): GatewayError {
  return new GatewayError(
    "ERR_SEALED_VALUE",
    `What is kept as ${place} does not open with this key: the key file was changed, or the value was damaged.`,
  );
}
