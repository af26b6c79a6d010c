import { themes, type Theme } from "../../wire/boot.ts";
import { themeCookie } from "../../wire/page-cookies.ts";
import { pageCookieNow, setPageCookie } from "../page-cookie.ts";
import type { Signal } from "../signal.ts";

const yearSeconds = 31_536_000;

/** The theme that the document came with: the server read it from the cookie, so nothing flashes. */
export function themeNow(): Theme | undefined {
  return themes.find((theme) => theme === document.documentElement.dataset["theme"]);
}

/** Puts the viewer's choice into the page and into the cookie. What the address says stands above what other tabs choose. */
export function followTheme(theme: Signal<Theme | undefined>, isGiven: boolean): void {
  theme.subscribe(() => {
    const chosen = theme.get();
    show(chosen);
    // The app may have a scheme of its own for those who have chosen none: "as the system" is a choice, too.
    setPageCookie(themeCookie, chosen ?? "system", yearSeconds);
  });
  // Another tab may have chosen meanwhile.
  document.addEventListener("visibilitychange", () => {
    const choice = choiceInCookie();
    if (!isGiven && document.visibilityState === "visible" && choice !== undefined)
      theme.set(themes.find((known) => known === choice));
  });
}

function show(theme: Theme | undefined): void {
  const { dataset } = document.documentElement;
  if (theme === undefined) delete dataset["theme"];
  else dataset["theme"] = theme;
  const meta = document.querySelector('meta[name="color-scheme"]');
  meta?.setAttribute("content", theme ?? "light dark");
}

function choiceInCookie(): string | undefined {
  return pageCookieNow(themeCookie);
}
