import { useRef, type RefObject } from "react";

/** How long a pointer rests before a hint shows, in ms. */
const restMs = 180;
const marginPx = 8;

interface Popover {
  /** For the button that opens it. */
  readonly anchor: {
    readonly ref: RefObject<HTMLButtonElement | null>;
    readonly onPointerEnter: (event: React.PointerEvent) => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
  };
  /** For the element with `popover`. */
  readonly floating: {
    readonly ref: RefObject<HTMLSpanElement | null>;
    readonly onToggle: (event: React.ToggleEvent<HTMLSpanElement>) => void;
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
  };
}

/** A hint that shows on hover and focus, beside its button; tap and Escape are the browser's own. */
export function usePopover(): Popover {
  const button = useRef<HTMLButtonElement>(null);
  const hint = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const after = (ms: number, act: () => void): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, ms);
  };
  const show = (): void => {
    if (hint.current?.isConnected === true && !hint.current.matches(":popover-open"))
      hint.current.showPopover();
  };
  const hide = (): void => hint.current?.hidePopover();
  return {
    anchor: {
      ref: button,
      onPointerEnter: ({ pointerType }) => {
        if (pointerType === "mouse") after(restMs, show);
      },
      onPointerLeave: () => after(restMs, hide),
      onFocus: () => {
        if (button.current?.matches(":focus-visible") === true) show();
      },
      onBlur: hide,
    },
    floating: {
      ref: hint,
      onToggle: ({ newState }) => {
        if (newState === "open" && button.current !== null && hint.current !== null)
          placeBeside(button.current, hint.current);
      },
      onPointerEnter: () => clearTimeout(timer.current),
      onPointerLeave: () => after(restMs, hide),
    },
  };
}

/** Puts a floating element above its anchor, or below where there is no room, inside of the window. */
export function placeBeside(anchor: Element, floating: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { width, height } = floating.getBoundingClientRect();
  const left = at.left + at.width / 2 - width / 2;
  const above = at.top - height - marginPx;
  // Room kept for a scroll bar belongs to the window, and nothing is drawn there.
  const { clientWidth } = document.documentElement;
  const most = Math.min(clientWidth, document.body.getBoundingClientRect().right) - width - marginPx;
  floating.style.left = `${Math.max(marginPx, Math.min(left, most))}px`;
  floating.style.top = `${above < marginPx ? at.bottom + marginPx : above}px`;
}
