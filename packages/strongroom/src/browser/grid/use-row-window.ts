import { useCallback, useLayoutEffect, useState, useSyncExternalStore, type RefObject } from "react";
import { rowWindow, scrollTopFor, type RowWindow } from "./grid-window.ts";

/** px of the row with the names of the columns. */
export const headHeight = 38;

export interface RowScroll {
  readonly onScroll: () => void;
  readonly window: RowWindow;
  /** Rows that fit into the view. */
  readonly page: number;
  /** Scrolls a row into sight. */
  readonly showRow: (row: number) => void;
}

/** Rows that are drawn anew at once: most scrolling stays within the margin and draws nothing. */
const stepRows = 4;

/** Rows that go onto paper: some twenty sheets. */
const paperRows = 1_000;

/** Whether the page is being printed: nobody scrolls paper. */
function useIsPrinting(): boolean {
  return useSyncExternalStore(
    listenToPrinting,
    () => printing.isNow,
    () => false,
  );
}

const printing = { isNow: false };

function listenToPrinting(tell: () => void): () => void {
  const set = ({ type }: Event): void => {
    printing.isNow = type === "beforeprint";
    tell();
  };
  window.addEventListener("beforeprint", set);
  window.addEventListener("afterprint", set);
  return () => {
    window.removeEventListener("beforeprint", set);
    window.removeEventListener("afterprint", set);
  };
}

/** Keeps the rows in sight drawn while the viewer scrolls. */
export function useRowWindow(
  box: RefObject<HTMLDivElement | null>,
  {
    count,
    rowHeight,
    height,
  }: { readonly count: number; readonly rowHeight: number; readonly height: number },
): RowScroll {
  const [top, setTop] = useState(0);
  const viewHeight = Math.max(rowHeight, height - headHeight);
  const inSight = rowWindow({ top, viewHeight: viewHeight + stepRows * rowHeight, rowHeight, count });
  const onPaper = { from: 0, to: Math.min(count, paperRows), above: 0, below: 0 };
  const window = useIsPrinting() ? onPaper : inSight;
  const onScroll = useCallback(() => {
    const step = stepRows * rowHeight;
    const now = box.current?.scrollTop ?? 0;
    // Where rows are more than pixels each position is another row.
    setTop(count * rowHeight > 15_000_000 ? now : Math.floor(now / step) * step);
  }, [box, count, rowHeight]);
  const showRow = useCallback(
    (row: number) => {
      if (box.current === null || row < 0) return;
      const scroll = {
        top: box.current.scrollTop,
        viewHeight: box.current.clientHeight - headHeight,
        rowHeight,
        count,
      };
      box.current.scrollTo({ top: scrollTopFor(row, scroll) });
    },
    [box, count, rowHeight],
  );
  // Fewer rows than the view was scrolled by: they are read from the first.
  useLayoutEffect(() => {
    if (box.current !== null && box.current.scrollTop > count * rowHeight) box.current.scrollTo({ top: 0 });
  }, [box, count, rowHeight]);
  return { onScroll, window, page: Math.max(1, Math.floor(viewHeight / rowHeight) - 1), showRow };
}
