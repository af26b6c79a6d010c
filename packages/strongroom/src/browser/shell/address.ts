import { splitQuery } from "../../wire/embed-query.ts";
import type { Store } from "../store.ts";
import { pageNow, queryNow } from "../address-now.ts";
import { hrefOf } from "./page-head.ts";

interface Kept {
  readonly y?: number;
}

/** Where to scroll once the page that was asked for is there. */
let wantedY = 0;

/** Scrolls to the top of a new page, or to where the viewer was on one that they come back to. */
export function scrollToPlace(): void {
  window.scrollTo({ top: wantedY, behavior: "instant" });
}

/** Where the viewer is until the server says otherwise. */
export function placeNow(): { readonly page: string; readonly query: string } {
  return { page: pageNow(), query: splitQuery(queryNow()).query };
}

/** Keeps the address bar and the session in step, both ways. */
export function followAddress(store: Store, embed = ""): void {
  history.scrollRestoration = "manual";
  // The first run may have set the query, or gone to another page.
  const first = hrefOf(store.place.get().page, store.place.get().query, embed);
  if (first !== hrefOf(pageNow(), queryNow())) history.replaceState(history.state, "", first + location.hash);
  store.place.subscribe(() => {
    const { page, query } = store.place.get();
    const href = hrefOf(page, query, embed);
    if (href === hrefOf(pageNow(), queryNow())) return;
    if (page === pageNow()) return history.replaceState(history.state, "", href + location.hash);
    keepScroll();
    wantedY = 0;
    history.pushState({}, "", href);
  });
  window.addEventListener("popstate", (event) => {
    const kept = event.state as Kept | null; // only ever written here
    wantedY = kept?.y ?? 0;
    const { page, query } = placeNow();
    const place = store.place.get();
    if (page !== place.page) store.go({ page, query });
    else if (query !== place.query) store.go({ query });
  });
  // A page that comes bit by bit is not long enough at first.
  store.isRunning.subscribe(() => {
    if (store.isRunning.get() || wantedY === 0) return;
    scrollToPlace();
    wantedY = 0;
  });
}

/** Remembers how far the page that is left was scrolled. */
export function keepScroll(): void {
  history.replaceState({ ...(history.state as Kept | null), y: window.scrollY }, "");
}
