import { useState, type ReactNode } from "react";
import { usePage } from "../page-context.ts";
import { useSignal } from "../signal.ts";
import style from "./app.module.css";
import { MainPart } from "./main-part.tsx";
import { useStyle } from "../style.tsx";
import { MenuButton } from "./menu-button.tsx";
import { usePageHead, type PageHead } from "./page-head.ts";
import { PlayingStrip } from "./playing-strip.tsx";
import { ProblemPanel } from "./problem-panel.tsx";
import { SideColumn, TopBar, UnfoldButton } from "./side.tsx";
import { ConnectionChip, RunLine } from "./status.tsx";
import { ThemeButton } from "./theme-switch.tsx";
import { Toasts } from "./toasts.tsx";

/** The whole page: what stands round the author's elements, and those. */
export function App(): ReactNode {
  const { store, shell } = usePage();
  const head = useNamed(usePageHead());
  const side = useSignal(store.shown("side"));
  const hasSide = side.childIds.length > 0 || (shell.shows.pages && head.pages.length > 1);
  const [isFolded, setFolded] = useFolded(head);
  const [isSheetOpen, setSheetOpen] = useState(false);
  const wide = useStyle({ "--side": typeof head.sidebar === "number" ? `${head.sidebar}px` : undefined });
  return (
    <>
      <a className={style["skip"]} href="#main">
        Skip to the page
      </a>
      <RunLine />
      <div
        className={`${style["frame"] ?? ""} ${wide}`}
        data-side={hasSide ? (isFolded ? "folded" : "open") : "none"}
      >
        {hasSide ? (
          <>
            <TopBar head={head} inert={isSheetOpen} />
            <SideColumn
              head={head}
              childIds={side.childIds}
              onFold={() => setFolded(true)}
              onSheet={setSheetOpen}
            />
            {isFolded ? <UnfoldButton onUnfold={() => setFolded(false)} /> : null}
          </>
        ) : (
          !shell.hides("toolbar") && <Corner head={head} />
        )}
        <MainPart head={head} inert={isSheetOpen} />
      </div>
      <Overlays />
    </>
  );
}

/** What lies over the page when there is something to tell. */
function Overlays(): ReactNode {
  return (
    <>
      <PlayingStrip />
      <ConnectionChip />
      <Toasts />
      <ProblemPanel />
    </>
  );
}

/** What a page without a side column has of it. */
function Corner({ head }: { readonly head: PageHead }): ReactNode {
  return (
    <>
      <ThemeButton />
      <MenuButton head={head} isInCorner />
    </>
  );
}

function useFolded({ sidebar }: PageHead): readonly [boolean, (folded: boolean) => void] {
  const [wantsFolded, setFolded] = useState(sidebar === "collapsed");
  return [wantsFolded && sidebar !== "locked", setFolded];
}

/** A page that does not name the app is still part of it: the name that another page gave stays. */
function useNamed(head: PageHead): PageHead {
  const [name, setName] = useState(head.title);
  if (head.title !== undefined && head.title !== name) setName(head.title);
  return head.title === undefined && name !== undefined ? { ...head, title: name } : head;
}
