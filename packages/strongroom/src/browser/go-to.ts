import type { AuthMessage } from "../wire/messages.ts";
import { s } from "../wire/s.ts";
import { decode } from "../wire/schema.ts";
import { browserLine } from "./line.ts";
import { baseNow, pageNow } from "./address-now.ts";
import type { ShellState } from "./shell/shell-state.ts";
import type { Words } from "./words.ts";

const place = s.string({ minLength: 1, maxLength: 20_000 });
/** Where to go, and where the app begins, where these are two. */
const answerSchema = s.object({ to: place, home: s.optional(place) });

/** Goes to where the viewer signs in or out, which the server says. */
export async function goTo(message: AuthMessage, shell: ShellState): Promise<void> {
  if (shell.isLeaving) return;
  const isFramed = window.top !== window;
  try {
    if (isFramed && message.do === "login") return await askByWindow(message, shell);
    shell.isLeaving = true;
    const { to, home } = await placesOf(message);
    // A frame looks as it did.
    home.search = shell.embed?.query ?? "";
    // No frame can show where a provider says goodbye.
    const isElsewhere = isFramed && to.origin !== location.origin;
    if (isElsewhere) window.open(to, "_blank", "noopener,noreferrer");
    location.assign(isFramed ? home : to);
  } catch {
    shell.isLeaving = false;
    const title = message.do === "login" ? "Signing in did not begin" : "Signing out did not succeed";
    shell.tell(
      { tone: "bad", title, text: "The server did not say where to go." },
      { label: "Try again", act: () => void goTo(message, shell) },
    );
  }
}

async function placesOf({ do: what, provider }: AuthMessage): Promise<{ to: URL; home: URL }> {
  const query = new URLSearchParams({ ticket: await browserLine.ticket() });
  if (what === "login") query.set("to", `/${pageNow()}${location.search}`);
  if (provider !== undefined) query.set("provider", provider);
  const answer = await fetch(`_strongroom/${what}?${query}`, { method: "POST" });
  const read = decode(answerSchema, await answer.json());
  if (!answer.ok || !read.ok) throw new TypeError("A place to go to was expected.");
  return { to: pageAt(read.value.to), home: pageAt(read.value.home ?? "./") };
}

function pageAt(address: string): URL {
  const url = new URL(address, location.href);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new TypeError("A page's address was expected.");
  return url;
}

function windowWords(isOpen: boolean): Words {
  if (isOpen)
    return {
      tone: "info",
      title: "Sign in in the window that has opened",
      text: "This page then follows by itself.",
    };
  return {
    tone: "bad",
    title: "Signing in needs a window of its own",
    text: `None could be opened from here. Try again, or open ${location.origin}${baseNow()}/ in a tab of its own.`,
  };
}

/** No provider lets itself be shown in a frame: the viewer signs in in a window, and this page follows. */
async function askByWindow({ provider }: AuthMessage, shell: ShellState): Promise<void> {
  const { signInByWindow } = await import("./sign-in-window.ts");
  const query = provider === undefined ? "" : new URLSearchParams({ provider }).toString();
  const path = `${baseNow()}/_strongroom/window`;
  const onDone = (): void => void (shell.isLeaving = true);
  const begin = (): void => {
    const isOpen = signInByWindow({ path, query, onDone });
    shell.tell(windowWords(isOpen), { label: "Open the window", act: begin });
  };
  begin();
}
