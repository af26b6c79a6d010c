import { useEffect, useSyncExternalStore } from "react";

/** Presses by a key, from everywhere on the page; not while somebody types, unless a modifier is held. */
export function useShortcut(shortcut: string | undefined, press: () => void): void {
  useEffect(() => {
    if (shortcut === undefined) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || !isPressed(shortcut, event) || isTyping(event)) return;
      event.preventDefault();
      settleField();
      press();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [shortcut, press]);
}

/** What was typed is an answer before the key is a click: as if the field had been left, which keeps the focus. */
function settleField(): void {
  document.activeElement?.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
}

/** Whether these keys are the ones: `ctrl` is the command key on a Mac. */
export function isPressed(
  shortcut: string,
  event: Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">,
): boolean {
  const keys = shortcut.split("+");
  const key = keys.at(-1);
  const pressed = event.key === " " ? "space" : event.key.toLowerCase();
  return (
    pressed === key &&
    (event.ctrlKey || event.metaKey) === keys.includes("ctrl") &&
    event.altKey === keys.includes("alt") &&
    event.shiftKey === keys.includes("shift")
  );
}

function isTyping({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || !(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select");
}

const macNames: Readonly<Record<string, string>> = { ctrl: "⌘", alt: "⌥", shift: "⇧" };
const names: Readonly<Record<string, string>> = {
  ctrl: "Ctrl",
  alt: "Alt",
  shift: "Shift",
  enter: "↵",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
};

/** The keys as they are written on the viewer's keyboard. */
export function useKeyNames(shortcut: string): readonly string[] {
  const isMac = useSyncExternalStore(subscribe, isAppleKeyboard, () => false);
  return shortcut
    .split("+")
    .map(
      (key) =>
        (isMac ? macNames[key] : undefined) ??
        names[key] ??
        (key.length === 1 ? key.toUpperCase() : capital(key)),
    );
}

/** For `aria-keyshortcuts`. */
export function ariaKeys(shortcut: string): string {
  return shortcut
    .split("+")
    .map((key) => (key === "ctrl" ? "Control" : capital(key)))
    .join("+");
}

function capital(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

function subscribe(): () => void {
  return () => undefined;
}

function isAppleKeyboard(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
