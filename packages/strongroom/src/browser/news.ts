import type { Gone, Other } from "./connection.ts";
import type { Keeper } from "./keeper.ts";
import { goTo } from "./go-to.ts";
import type { Page } from "./page-context.ts";
import { goneWords, noticeWords } from "./words.ts";

const reloadedKey = "strongroom-reloaded";
/** A second reload in this time would be a loop. */
const onceMs = 15_000;

/** Does what a message about the whole page asks for. */
export function heed(message: Other, page: Page, keeper: Keeper): void {
  switch (message.t) {
    case "problem":
      return page.shell.problem.set(message.text);
    case "notice":
      return page.shell.tell(noticeWords(message));
    case "auth":
      return void goTo(message, page.shell);
    case "gone":
      return leave(message.why, page, keeper);
  }
}

/** The session is over for this tab: where loading the page mends that, it is loaded, once; else the viewer decides. */
function leave(why: Gone, { store, shell }: Page, keeper: Keeper): void {
  // What stands here is no longer this viewer's to see: nothing of it stays, in sight or for who comes next.
  if (why === "signed-out" || why === "not-allowed") {
    keeper.forget();
    if (!shell.isLeaving) location.reload();
    return;
  }
  // It has a new viewer already: the answer that says who is on its way to this page.
  if (why === "expired" && shell.isLeaving) return;
  if (why === "expired" || why === "protocol") keeper.bequeath(store);
  if ((why === "expired" || why === "protocol") && reloadOnce()) return;
  shell.tell(goneWords(why), { label: "Load the page", act: () => location.reload() });
}

/** Loads the page again, unless that was tried a moment ago and did not help. */
export function reloadOnce(): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(reloadedKey)) < onceMs) return false;
    sessionStorage.setItem(reloadedKey, String(Date.now()));
  } catch {
    return false; // without a memory there could be no end to it
  }
  location.reload();
  return true;
}
