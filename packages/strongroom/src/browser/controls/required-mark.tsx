import type { ReactNode } from "react";
import style from "./required-mark.module.css";

/** The star behind the label of what must be answered; screen readers hear it from the control itself. */
export function RequiredMark(): ReactNode {
  return (
    <span className={style["mark"]} aria-hidden="true">
      *
    </span>
  );
}
