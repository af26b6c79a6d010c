import type { CustomFetch } from "openid-client";
import { isLoopback } from "../../config/access.ts";
import { UnfitAnswer } from "./unfit-answer.ts";

const maxBytes = 1_000_000;

/** What a provider is asked with: over TLS (on this machine without, where that is allowed), no redirects, short answers. */
export function providerFetch(allowPlain: boolean): CustomFetch {
  return async (input, options) => {
    const url = new URL(input);
    const isPlain = url.protocol === "http:" && allowPlain && isLoopback(url.hostname);
    if (url.protocol !== "https:" && !isPlain)
      throw new TypeError("A provider's address over https was expected.");
    // `fetch` takes all that the library gives; its types alone know no `undefined` there.
    const response = await fetch(url, { ...(options as RequestInit), redirect: "manual" });
    return new Response(await bodyOf(response), {
      status: response.status === 0 ? 502 : response.status,
      headers: response.headers,
    });
  };
}

async function bodyOf(response: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  if (response.body === null || [204, 304].includes(response.status)) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new UnfitAnswer(`A provider's answer of at most ${maxBytes} bytes was expected.`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
