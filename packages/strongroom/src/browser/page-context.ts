import { createContext, useContext } from "react";
import { ShellState } from "./shell/shell-state.ts";
import { Store } from "./store.ts";
import { ViewCode } from "./view-code.ts";

/** What every part of the page reaches. */
export interface Page {
  readonly store: Store;
  readonly code: ViewCode;
  readonly shell: ShellState;
}

const shows = { themeSwitch: true, pages: true, dataExport: true };
const empty: Page = {
  store: new Store(),
  code: new ViewCode({}),
  shell: new ShellState({ problem: null, theme: undefined, isEditing: false, shows }),
};

export const PageContext: React.Context<Page> = createContext(empty);

export function usePage(): Page {
  return useContext(PageContext);
}
