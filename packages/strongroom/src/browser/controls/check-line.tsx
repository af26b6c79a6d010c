import { useId, type ReactNode } from "react";
import type { RichText } from "../../wire/rich-text.ts";
import { useStyle } from "../style.tsx";
import style from "./check-line.module.css";
import { describedBy, type Described } from "./described.ts";
import { FieldError } from "./field-error.tsx";
import { Help } from "./help.tsx";
import { RequiredMark } from "./required-mark.tsx";
import { Rich } from "./rich.tsx";

export interface CheckControl extends Described {
  readonly disabled: boolean;
  readonly required?: true;
}

export interface CheckLineProps {
  readonly label: RichText;
  readonly help?: RichText | undefined;
  readonly disabled?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly labelVisibility?: "hidden" | "collapsed" | undefined;
  readonly width?: "stretch" | "content" | number | undefined;
  readonly wrap?: boolean | undefined;
  readonly error?: string | undefined;
  readonly children: (control: CheckControl) => ReactNode;
}

/** A control with its label behind it: all of the line can be pressed. */
export function CheckLine({
  label,
  help,
  disabled = false,
  required,
  labelVisibility,
  width,
  wrap,
  error,
  children,
}: CheckLineProps): ReactNode {
  const id = useId();
  const sized = useStyle({ width: typeof width === "number" ? width : undefined });
  const control: CheckControl = {
    disabled,
    ...(required === true ? { required } : {}),
    ...describedBy(id, help, error),
  };
  return (
    <div className={sized} data-width={typeof width === "number" ? "px" : (width ?? "content")}>
      <div className={style["line"]} data-wrap={wrap === undefined ? undefined : String(wrap)}>
        <label className={style["press"]} data-disabled={disabled ? "" : undefined}>
          {children(control)}
          <span className={labelVisibility === undefined ? style["label"] : style[labelVisibility]}>
            <Rich text={label} />
            {required === true && <RequiredMark />}
          </span>
        </label>
        <Help text={help} id={`${id}h`} />
      </div>
      <FieldError id={`${id}e`} error={error} />
    </div>
  );
}
