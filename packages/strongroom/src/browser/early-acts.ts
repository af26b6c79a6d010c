import { changeOf, earlyControls, isBox, type Control } from "./early-controls.ts";

declare global {
  interface Window {
    /** What the first script hears until the page's own code takes over. */
    strongroomEarly?: EarlyActs;
  }
}

export interface EarlyActs {
  /** Hears no more; answers which buttons were pressed. */
  readonly end: () => Iterable<HTMLButtonElement>;
}

const key = "strongroom-early";

/**
 * Heeds what a viewer does while the page is drawn but does not answer yet. Buttons that are pressed wait for the page to
 * come alive; what is typed and ticked is kept in the tab as well, for a refresh that comes before.
 */
export function heedEarly(session: string): EarlyActs {
  const pressed = new Set<HTMLButtonElement>();
  const heard = new AbortController();
  const options = { capture: true, signal: heard.signal };
  const onClick = ({ target }: Event): void => {
    const button = target instanceof Element ? target.closest("button") : null;
    // Menus and hints open without our help.
    if (button !== null && !button.disabled && button.popoverTargetElement === null) pressed.add(button);
  };
  document.addEventListener("click", onClick, options);
  document.addEventListener("submit", (event) => event.preventDefault(), options);
  document.addEventListener("input", () => keep(session), options);
  // All is parsed, and the page's own code has not run.
  document.addEventListener("readystatechange", () => restore(session), { ...options, once: true });
  return {
    end: () => {
      heard.abort();
      shelf()?.removeItem(key);
      return pressed;
    },
  };
}

/** Pairs of text: nothing has to be decoded to be trusted. */
function keep(session: string): void {
  const pairs: [string, string][] = [["session", session]];
  for (const [index, control] of earlyControls().entries()) {
    const change = mayKeep(control) ? changeOf(control) : undefined;
    if (change !== undefined) pairs.push([`${index} ${control.type}`, change]);
  }
  try {
    shelf()?.setItem(key, new URLSearchParams(pairs).toString());
  } catch {
    // Full: it stands in the page all the same.
  }
}

function restore(session: string): void {
  const kept = new URLSearchParams(shelf()?.getItem(key) ?? "");
  if (kept.get("session") !== session) return shelf()?.removeItem(key);
  for (const [index, control] of earlyControls().entries()) {
    const change = mayKeep(control) ? kept.get(`${index} ${control.type}`) : null;
    if (change === null) continue;
    if (isBox(control)) control.checked = change === "true";
    else control.value = change;
  }
}

/** What is typed into a password's field is written nowhere, and a file cannot be. */
function mayKeep({ type }: Control): boolean {
  return type !== "password" && type !== "file";
}

function shelf(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined; // forbidden by the viewer's settings
  }
}
