import type { AuthMessage } from "../wire/messages.ts";
import { s } from "../wire/s.ts";
import { decode } from "../wire/schema.ts";
import { browserLine } from "./line.ts";
import { pageNow } from "./address-now.ts";
import type { ShellState } from "./shell/shell-state.ts";

const answerSchema = s.object({ to: s.string({ minLength: 1, maxLength: 20_000 }) });

/** Goes to where the viewer signs in or out, which the server says. */
export async function goTo(message: AuthMessage, shell: ShellState): Promise<void> {
  if (shell.isLeaving) return;
  shell.isLeaving = true;
  try {
    location.assign(await placeOf(message));
  } catch {
    shell.isLeaving = false;
    const title = message.do === "login" ? "Signing in did not begin" : "Signing out did not succeed";
    shell.tell(
      { tone: "bad", title, text: "The server did not say where to go." },
      { label: "Try again", act: () => void goTo(message, shell) },
    );
  }
}

async function placeOf({ do: what, provider }: AuthMessage): Promise<URL> {
  const query = new URLSearchParams({ ticket: await browserLine.ticket() });
  if (what === "login") query.set("to", `/${pageNow()}${location.search}`);
  if (provider !== undefined) query.set("provider", provider);
  const answer = await fetch(`_strongroom/${what}?${query}`, { method: "POST" });
  const read = decode(answerSchema, await answer.json());
  if (!answer.ok || !read.ok) throw new TypeError("A place to go to was expected.");
  const to = new URL(read.value.to, location.href);
  if (to.protocol !== "https:" && to.protocol !== "http:")
    throw new TypeError("A page's address was expected.");
  return to;
}
