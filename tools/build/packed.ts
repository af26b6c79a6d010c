import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);
/** What is text; fonts and pictures are packed already. */
const text = /\.(css|js|svg)$/;
/** Smaller files win nothing. */
const leastBytes = 500;

export interface Made {
  readonly path: string;
  readonly contents: Uint8Array;
}

/**
 * The same files packed as small as they become, under their name and `.br`: a server would need half a second of its
 * first visitors' time to do as well, and so would not.
 */
export async function packed(files: readonly Made[]): Promise<readonly Made[]> {
  const worthIt = files.filter(({ path, contents }) => text.test(path) && contents.length >= leastBytes);
  return Promise.all(
    worthIt.map(async ({ path, contents }) => {
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: contents.length,
      };
      return { path: `${path}.br`, contents: await compress(contents, { params }) };
    }),
  );
}
