/** Bundled for the browser: the script of pages that stand beside the app's, in a frame and in its window. */
import { decode } from "../wire/schema.ts";
import { signInByWindow } from "./sign-in-window.ts";
import { claimedSchema } from "./window-words.ts";

/** A window that is not claimed by then is nobody's. */
const claimMs = 5_000;
/** Whoever presses twice where the window comes up has not read what its button says. */
const readMs = 700;

const one = <E extends HTMLElement>(mark: string): E | null => document.querySelector<E>(`[data-${mark}]`);

function show(when: string): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-when]"))
    part.hidden = part.dataset["when"] !== when;
}

/** The page of a frame: its link opens the window. */
function offer(link: HTMLAnchorElement): void {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const path = new URL(link.href).pathname;
    show(signInByWindow({ path, onDone: () => undefined }) ? "opened" : "blocked");
  });
}

/** The window: its buttons work once the page that opened it has claimed it. */
function introduce(fields: HTMLFieldSetElement): void {
  // Typed as anything: it may be a window of any site.
  const opener = window.opener as Window | null;
  const alone = (): void => show("alone");
  if (opener === null) return alone();
  const timer = setTimeout(alone, claimMs);
  window.addEventListener("message", ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== opener || origin !== location.origin) return;
    const claimed = decode(claimedSchema, data);
    if (!claimed.ok) return;
    clearTimeout(timer);
    // Where it goes on has no business with the page that opened it.
    window.opener = null;
    const inside = one("inside");
    if (inside !== null && claimed.value.inside !== undefined) inside.textContent = claimed.value.inside;
    setTimeout(() => void (fields.disabled = false), readMs);
  });
  const token = fields.dataset["handover"];
  // Read by a page of this app only, whoever has opened this one.
  opener.postMessage({ t: "strongroom-window", token }, location.origin);
}

const link = one<HTMLAnchorElement>("opens");
if (link !== null) offer(link);
const fields = one<HTMLFieldSetElement>("handover");
if (fields !== null) introduce(fields);
if (one("closes") !== null) window.close();
