import type { ReactNode } from "react";
import { usePage } from "../page-context.ts";
import style from "./playing-strip.module.css";

/** Over everything, on every page: `strongroom run --as` says who everybody is, or each says it themselves. */
export function PlayingStrip(): ReactNode {
  const { playing } = usePage().shell;
  if (playing === undefined) return null;
  const { by, who } = playing;
  const isAs = by === "as";
  return (
    <aside className={style["strip"]} aria-label="Tried out as somebody">
      <strong className={style["sign"]}>{isAs ? "Not signed in" : "Development sign-in"}</strong>
      <span className={style["who"]}>
        {isAs ? "Everybody is " : who === undefined ? "Everybody can be anybody" : "You say that you are "}
        {who !== undefined && <b>{who}</b>}
        {isAs && (
          <>
            , by <code>--as</code>
          </>
        )}
      </span>
    </aside>
  );
}
