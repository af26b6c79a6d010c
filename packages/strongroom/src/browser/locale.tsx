import { createContext, useContext } from "react";

/** The viewer's language as BCP 47 tag, the same on both sides. */
export const LocaleContext: React.Context<string> = createContext("en");

/** The viewer's language, for `Intl`: the same on the server and in the browser. */
export function useLocale(): string {
  return useContext(LocaleContext);
}
