import type { ReactNode } from "react";
import { usePage } from "../page-context.ts";
import style from "./playing-strip.module.css";

/** Over everything, on every page: nobody has signed in here, `strongroom run --as` says who everybody is. */
export function PlayingStrip(): ReactNode {
  const { playing } = usePage().shell;
  if (playing === undefined) return null;
  return (
    <aside className={style["strip"]} aria-label="Tried out as somebody">
      <strong className={style["sign"]}>Not signed in</strong>
      <span className={style["who"]}>
        Everybody is <b>{playing}</b>, by <code>--as</code>
      </span>
    </aside>
  );
}
