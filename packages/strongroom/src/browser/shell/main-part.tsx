import { useEffect, useLayoutEffect, useRef, type ReactNode } from "react";
import { useElements } from "../element.tsx";
import { useLocale } from "../locale.tsx";
import { usePage } from "../page-context.ts";
import { useSignal } from "../signal.ts";
import style from "./main-part.module.css";
import { iconUrl, titleOf, type PageHead } from "./page-head.ts";
import { scrollToPlace } from "./address.ts";

/** The author's page. */
export function MainPart({ head, inert }: { head: PageHead; inert: boolean }): ReactNode {
  const { store, shell } = usePage();
  const { node, childIds } = useSignal(store.shown("main"));
  const children = useElements(childIds);
  const main = useRef<HTMLElement>(null);
  useArrival(head.page, main);
  const title = titleOf(head);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const icon = iconUrl(head.icon);
  useEffect(() => {
    if (icon !== undefined) document.querySelector('link[rel="icon"]')?.setAttribute("href", icon);
  }, [icon]);
  const isEmpty = childIds.length === 0;
  return (
    <main
      id="main"
      ref={main}
      className={style["main"]}
      tabIndex={-1}
      dir={useDirection()}
      inert={inert}
      data-layout={head.layout ?? "wide"}
      data-tight={shell.hides("padding") ? "" : undefined}
    >
      <div className={style["column"]} key={head.page}>
        {isEmpty ? <Empty isWaiting={node === undefined} /> : children}
      </div>
    </main>
  );
}

/** Languages that are written from right to left. */
const rightToLeft = /^(?:ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** Whoever reads from right to left sees a page that is written so laid out so; for others, texts alone follow theirs. */
function useDirection(): "auto" | undefined {
  return rightToLeft.test(useLocale()) ? "auto" : undefined;
}

/** On another page, reading begins at its top: for the eye and for screen readers. */
function useArrival(page: string, main: React.RefObject<HTMLElement | null>): void {
  const shown = useRef(page);
  useLayoutEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    main.current?.focus({ preventScroll: true });
    scrollToPlace();
  }, [page, main]);
}

function Empty({ isWaiting }: { isWaiting: boolean }): ReactNode {
  const { store, shell } = usePage();
  const isRunning = useSignal(store.isRunning);
  const problem = useSignal(shell.problem);
  if (isRunning || (isWaiting && problem === null)) return shell.hides("loading") ? null : <Skeleton />;
  if (problem !== null && isWaiting)
    return <p className={style["empty"]}>The page comes as soon as the app compiles.</p>;
  return (
    <p className={style["empty"]}>
      {shell.isEditing ? (
        <>
          Nothing is shown yet. Write <code>st.title("Hello")</code> into this page’s file and save.
        </>
      ) : (
        "There is nothing on this page."
      )}
    </p>
  );
}

/** The shape of a page whose first run has shown nothing yet. */
function Skeleton(): ReactNode {
  return (
    <div className={style["skeleton"]} role="status" aria-label="Loading">
      <span />
      <span />
      <span />
      <span />
    </div>
  );
}
