import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { rowWindow, scrollTopFor, type RowWindow } from "./grid-window.ts";

/** px of the row with the names of the columns. */
export const headHeight = 38;

export interface RowScroll {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly window: RowWindow;
  /** Rows that fit into the view. */
  readonly page: number;
  /** Scrolls a row into sight. */
  readonly show: (row: number) => void;
}

/** Keeps the rows in sight drawn while the viewer scrolls. */
export function useRowWindow({
  count,
  rowHeight,
  height,
}: {
  count: number;
  rowHeight: number;
  height: number;
}): RowScroll {
  const element = useRef<HTMLDivElement>(null);
  const viewHeight = Math.max(rowHeight, height - headHeight);
  const [top, setTop] = useState(0);
  // Four rows at a time: the margin holds more, and most scrolling draws nothing anew.
  const coarse = count * rowHeight > 15_000_000 ? top : Math.floor(top / (4 * rowHeight)) * 4 * rowHeight;
  const window = rowWindow({ top: coarse, viewHeight: viewHeight + 4 * rowHeight, rowHeight, count });
  const onScroll = useCallback(() => setTop(element.current?.scrollTop ?? 0), []);
  const show = useCallback(
    (row: number) => {
      const box = element.current;
      if (box === null || row < 0) return;
      const seen = box.clientHeight - headHeight;
      box.scrollTop = scrollTopFor(row, { top: box.scrollTop, viewHeight: seen, rowHeight, count });
    },
    [rowHeight, count],
  );
  // Other rows begin at the top: a search or a sort is read from there.
  useLayoutEffect(() => {
    if (element.current !== null && element.current.scrollTop > count * rowHeight)
      element.current.scrollTop = 0;
  }, [count, rowHeight]);
  return { element, onScroll, window, page: Math.max(1, Math.floor(viewHeight / rowHeight) - 1), show };
}
