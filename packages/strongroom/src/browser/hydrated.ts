import { useSyncExternalStore } from "react";

/**
 * False while the page that the server drew is taken up, which must find what the server drew; true from then on. What
 * the browser alone knows (what the viewer has opened) waits for it.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(subscribe, inBrowser, onServer);
}

function subscribe(): () => void {
  return () => undefined;
}

function inBrowser(): boolean {
  return true;
}

function onServer(): boolean {
  return false;
}
