import { useEffect, useRef, type RefObject } from "react";

/** How near to its end a box counts as being there, in px. */
const nearPx = 24;

/** A box that stays at its end while it grows; not when the viewer has scrolled up to read. */
export function useAutoscroll(isWanted: boolean): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    return isWanted && element !== null ? follow(element) : undefined;
  }, [isWanted]);
  return box;
}

function follow(element: HTMLElement): () => void {
  let isAtEnd = true;
  const toEnd = (): void => {
    if (isAtEnd) element.scrollTo({ top: element.scrollHeight, behavior: "instant" });
  };
  const look = (): void => {
    isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
  };
  const observer = new MutationObserver(toEnd);
  observer.observe(element, { childList: true, subtree: true, characterData: true });
  element.addEventListener("scroll", look, { passive: true });
  toEnd();
  return () => {
    observer.disconnect();
    element.removeEventListener("scroll", look);
  };
}
