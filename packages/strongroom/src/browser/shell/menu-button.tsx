import { lazy, Suspense, type ReactNode } from "react";
import { useHydrated } from "../hydrated.ts";
import { usePage } from "../page-context.ts";
import { hasMenu, type PageHead } from "./page-head.ts";

/** Few apps have a menu of their own: its code comes with the first. */
const AppMenu = lazy(async () => ({ default: (await import("./app-menu.tsx")).AppMenu }));

/** The page's menu, where the author put something into it, or somebody has signed in. */
export function MenuButton({
  head,
  isInCorner = false,
}: {
  head: PageHead;
  isInCorner?: boolean;
}): ReactNode {
  const isHydrated = useHydrated();
  const { isSignedIn } = usePage().shell;
  return isHydrated && (hasMenu(head) || isSignedIn) ? (
    <Suspense>
      <AppMenu head={head} isSignedIn={isSignedIn} isInCorner={isInCorner} />
    </Suspense>
  ) : null;
}
