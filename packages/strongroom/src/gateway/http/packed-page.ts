import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { bestEncoding } from "./assets.ts";

const minPackedChars = 2_000;
const pack = promisify(brotliCompress);

/** A page as it goes out: packed for those who can unpack it, where that is worth the while. */
export async function packedPage(
  accepted: string | undefined,
  text: string,
): Promise<{ body: string | Buffer; headers: Record<string, string> }> {
  if (text.length < minPackedChars || bestEncoding(accepted) !== "br") return { body: text, headers: {} };
  const body = await pack(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return { body, headers: { "Content-Encoding": "br" } };
}
