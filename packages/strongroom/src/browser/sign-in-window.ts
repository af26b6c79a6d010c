import { s } from "../wire/s.ts";
import { decode } from "../wire/schema.ts";
import { helloSchema, windowAnswer } from "./window-words.ts";

const doneSchema = s.object({ isDone: s.boolean });
const size = "popup,width=500,height=640";
/** So long it is asked every second, then rarely, then no more: what the window was for has expired. */
const eagerMs = 120_000;
const longestMs = 600_000;

interface Signing {
  /** Asked over this path: that of the window. */
  readonly path: string;
  readonly query?: string;
  /** Somebody has signed in, and this page is about to be theirs. */
  readonly onDone: () => void;
}

let waiting: AbortController | undefined;

/**
 * Opens a window of its own in which the viewer of this frame signs in, and answers whether the browser let it. The
 * page is loaded anew once somebody has. Only what that very window says is heard, and only while it shows this app.
 */
export function signInByWindow({ path, query = "", onDone }: Signing): boolean {
  const opened = window.open(query === "" ? path : `${path}?${query}`, "_blank", size);
  if (opened === null) return false;
  waiting?.abort();
  const { signal } = (waiting = new AbortController());
  window.addEventListener(
    "message",
    ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source !== opened || origin !== location.origin) return;
      const hello = decode(helloSchema, data);
      if (!hello.ok) return;
      const { token } = hello.value;
      void ask(path, "claim", token).then((isOurs) => {
        if (isOurs === undefined || signal.aborted) return;
        opened.postMessage(windowAnswer(location.ancestorOrigins?.[0]), location.origin);
        void wait({ path, token, opened, onDone }, signal);
      });
    },
    { signal },
  );
  return true;
}

interface Waiting extends Pick<Signing, "path" | "onDone"> {
  readonly token: string;
  readonly opened: Window;
}

/** Asks until somebody has signed in; at once when the viewer comes back to this page. */
async function wait({ path, token, opened, onDone }: Waiting, signal: AbortSignal): Promise<void> {
  const begun = Date.now();
  for (let ms = 0; ms < longestMs && !signal.aborted; ms = Date.now() - begun) {
    await rest(ms < eagerMs ? 1_000 : 5_000);
    const answered = decode(doneSchema, await ask(path, "ask", token));
    if (signal.aborted || !answered.ok || !answered.value.isDone) continue;
    onDone();
    // Whatever comes of it: what the server says of this page from here on is right.
    await ask(path, "collect", token);
    opened.close();
    // The address without its last part is loaded, not gone to.
    return location.replace(location.pathname + location.search);
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", done);
      window.removeEventListener("focus", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    document.addEventListener("visibilitychange", done);
    window.addEventListener("focus", done);
  });
}

/** What the server answers; nothing where it does not, or refuses. */
async function ask(path: string, what: "claim" | "ask" | "collect", token: string): Promise<unknown> {
  try {
    const answer = await fetch(`${path}/${what}?of=${token}`, { method: "POST" });
    return answer.ok ? ((await answer.json()) as unknown) : undefined;
  } catch {
    return undefined; // asked again, or told by the window, which waits for an answer
  }
}
