import { lazy, Suspense, type ReactNode } from "react";
import { useHydrated } from "../hydrated.ts";
import { hasMenu, type PageHead } from "./page-head.ts";

/** Few apps have a menu of their own: its code comes with the first. */
const AppMenu = lazy(async () => ({ default: (await import("./app-menu.tsx")).AppMenu }));

/** The page's menu, where the author put something into it. */
export function MenuButton({
  head,
  isInCorner = false,
}: {
  head: PageHead;
  isInCorner?: boolean;
}): ReactNode {
  const isHydrated = useHydrated();
  return isHydrated && hasMenu(head) ? (
    <Suspense>
      <AppMenu head={head} isInCorner={isInCorner} />
    </Suspense>
  ) : null;
}
