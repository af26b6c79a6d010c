import { browserLine } from "../line.ts";

/** What came of a file that was sent. */
export type Sent =
  | { readonly ok: true; readonly file: string }
  | { readonly ok: false; readonly status: number; readonly words: string };

export interface Sending {
  readonly slot: string;
  readonly body: Blob;
  readonly name: string;
  /** How much of it has left, from 0 to 1. */
  readonly onProgress: (part: number) => void;
  readonly signal: AbortSignal;
}

/** Sends one file to the place of its widget. Cancelled by the signal, it leaves nothing on the server. */
export async function sendFile({ slot, body, name, onProgress, signal }: Sending): Promise<Sent> {
  const ticket = await browserLine.ticket().catch(() => undefined);
  if (ticket === undefined || signal.aborted) return { ok: false, status: 0, words: words[0] ?? "" };
  return new Promise((resolve) => {
    // Only this says how much of it has left.
    const request = new XMLHttpRequest();
    const end = (): void => resolve(sentOf(request));
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(total === 0 ? 1 : loaded / total),
    );
    request.addEventListener("loadend", end);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("PUT", `_strongroom/upload/${slot}`);
    request.responseType = "json";
    request.setRequestHeader("X-Strongroom-Ticket", ticket);
    request.setRequestHeader("X-Strongroom-Name", encodeURIComponent(name));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(body);
  });
}

/** Takes a file back; that it is gone already is as good. */
export async function takeBack(slot: string, file: string): Promise<void> {
  const ticket = await browserLine.ticket().catch(() => undefined);
  if (ticket === undefined) return;
  const headers = { "X-Strongroom-Ticket": ticket };
  await fetch(`_strongroom/uploaded/${slot}/${file}`, { method: "DELETE", headers }).catch(() => undefined);
}

function sentOf({ status, response }: XMLHttpRequest): Sent {
  const file: unknown =
    typeof response === "object" && response !== null && "file" in response ? response.file : undefined;
  if (status === 200 && typeof file === "string") return { ok: true, file };
  return { ok: false, status, words: words[status] ?? "It could not be sent. Try again." };
}

const words: Readonly<Record<number, string>> = {
  0: "The connection was lost. Try again.",
  400: "Its name cannot be taken.",
  404: "This page has changed. Try again.",
  413: "It is too large.",
  415: "Another kind of file is expected here.",
  429: "These are too many files at once.",
  507: "There is no room for it now.",
};
