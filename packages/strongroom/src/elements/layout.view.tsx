import { useStyle } from "../browser/style.tsx";
import style from "./layout.module.css";

type Size = "stretch" | "content" | number;

export interface Layout {
  readonly width?: Size | undefined;
  readonly height?: Size | undefined;
  readonly textAlignment?: "center" | "right" | "justify" | undefined;
  readonly wrap?: boolean | undefined;
}

export interface LayoutAttributes {
  readonly className: string;
  readonly "data-width": string | undefined;
  readonly "data-height": string | undefined;
  readonly "data-align": string | undefined;
  readonly "data-line": "" | undefined;
}

/** What an element's box takes over from its size and alignment; containers read `data-width` to place it. */
export function useLayout({ width, height, textAlignment, wrap }: Layout, className = ""): LayoutAttributes {
  const sized = useStyle({
    width: typeof width === "number" ? width : undefined,
    height: typeof height === "number" ? height : undefined,
  });
  return {
    className: [style["box"], className, sized].filter((name) => name !== "").join(" "),
    "data-width": typeof width === "number" ? "px" : width,
    "data-height": typeof height === "number" ? "px" : height,
    "data-align": textAlignment,
    "data-line": wrap === false ? "" : undefined,
  };
}

const gaps = {
  none: 0,
  xxsmall: 4,
  xsmall: 8,
  small: 16,
  medium: 32,
  large: 64,
  xlarge: 96,
  xxlarge: 128,
} as const;

/** A gap in px; nothing where it is the one that every container has. */
export function gapPx(gap: keyof typeof gaps | number): number | undefined {
  const px = typeof gap === "number" ? gap : gaps[gap];
  return px === gaps.small ? undefined : px;
}

/** For a box that scrolls: it must be reachable by keyboard. */
export const reachable = { tabIndex: 0 } as const;
