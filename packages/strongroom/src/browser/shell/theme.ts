import { themeCookie, themes, type Theme } from "../../wire/boot.ts";
import type { Signal } from "../signal.ts";

const yearSeconds = 31_536_000;

/** The theme that the document came with: the server read it from the cookie, so nothing flashes. */
export function themeNow(): Theme | undefined {
  return themes.find((theme) => theme === document.documentElement.dataset["theme"]);
}

/** Puts the viewer's choice into the page and into the cookie. */
export function followTheme(theme: Signal<Theme | undefined>): void {
  theme.subscribe(() => {
    const chosen = theme.get();
    show(chosen);
    const age = chosen === undefined ? 0 : yearSeconds;
    document.cookie = `${themeCookie}=${chosen ?? ""}; Max-Age=${age}; Path=/; SameSite=Lax`;
  });
  // Another tab may have chosen meanwhile.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") theme.set(themeOfCookie());
  });
}

function show(theme: Theme | undefined): void {
  const { dataset } = document.documentElement;
  if (theme === undefined) delete dataset["theme"];
  else dataset["theme"] = theme;
  const meta = document.querySelector('meta[name="color-scheme"]');
  meta?.setAttribute("content", theme ?? "light dark");
}

function themeOfCookie(): Theme | undefined {
  const value = new RegExp(`(?:^|; )${themeCookie}=(\\w+)`).exec(document.cookie)?.[1];
  return themes.find((theme) => theme === value);
}
