import { useLayoutEffect, type RefObject } from "react";

const marginPx = 8;
const gapPx = 4;
const mostPx = 340;

/** Keeps a floating list under its box, or above where there is more room, while it is open. */
export function useDrop(
  isOpen: boolean,
  box: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    const anchor = box.current;
    const floating = list.current;
    if (!isOpen || anchor === null || floating === null) return undefined;
    floating.showPopover();
    const place = (): void => placeUnder(anchor, floating);
    place();
    const watch = new ResizeObserver(place);
    watch.observe(anchor);
    watch.observe(floating);
    addEventListener("scroll", place, { capture: true, passive: true });
    addEventListener("resize", place);
    visualViewport?.addEventListener("resize", place);
    return () => {
      watch.disconnect();
      removeEventListener("scroll", place, { capture: true });
      removeEventListener("resize", place);
      visualViewport?.removeEventListener("resize", place);
      if (floating.matches(":popover-open")) floating.hidePopover();
    };
  }, [isOpen, box, list]);
}

/** What a keyboard on the screen covers is no room. */
function placeUnder(anchor: HTMLElement, floating: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const top = visualViewport?.offsetTop ?? 0;
  const bottom = top + (visualViewport?.height ?? innerHeight);
  const below = bottom - at.bottom - gapPx - marginPx;
  const above = at.top - top - gapPx - marginPx;
  const isBelow = below >= Math.min(mostPx, floating.scrollHeight) || below >= above;
  const { style } = floating;
  style.width = `${at.width}px`;
  style.left = `${at.left}px`;
  style.maxHeight = `${Math.max(120, Math.min(mostPx, isBelow ? below : above))}px`;
  style.top = isBelow ? `${at.bottom + gapPx}px` : "auto";
  style.bottom = isBelow ? "auto" : `${document.documentElement.clientHeight - at.top + gapPx}px`;
}
