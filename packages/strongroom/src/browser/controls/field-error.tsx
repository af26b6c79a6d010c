import type { ReactNode } from "react";
import style from "./field-error.module.css";
import { Icon } from "./icon.tsx";

/** What is wrong with an answer, in words: shown below its control and told to screen readers. */
export function FieldError({ id, error }: { id: string; error: string | undefined }): ReactNode {
  if (error === undefined) return null;
  return (
    <p className={style["error"]} id={id} role="alert">
      <Icon name="error" size={14} className={style["sign"]} />
      <span>{error}</span>
    </p>
  );
}
