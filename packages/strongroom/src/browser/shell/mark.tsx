import type { ReactNode } from "react";
import style from "./mark.module.css";

/** The sign of apps that have none of their own: the wheel of a strongroom's door. */
export function Mark(): ReactNode {
  return (
    <svg className={style["mark"]} width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="7" />
      <path d="M12 4.6v2.4M12 17v2.4M4.6 12H7M17 12h2.4" />
      <circle cx="12" cy="12" r="4.4" />
    </svg>
  );
}
