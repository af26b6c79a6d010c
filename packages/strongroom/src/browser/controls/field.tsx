import { useId, type ReactNode } from "react";
import type { RichText } from "../../wire/rich-text.ts";
import { useStyle } from "../style.tsx";
import { describedBy, type Described } from "./described.ts";
import style from "./field.module.css";
import { FieldError } from "./field-error.tsx";
import { Help } from "./help.tsx";
import { RequiredMark } from "./required-mark.tsx";
import { Rich } from "./rich.tsx";

/** What a field's control takes over, to be named and described by it. */
export interface FieldControl extends Described {
  readonly id: string;
  readonly "aria-required"?: true;
  /** In a group, instead of a label that points at `id`. */
  readonly "aria-labelledby"?: string;
  readonly disabled: boolean;
}

export interface FieldProps {
  readonly label: RichText;
  readonly help?: RichText | undefined;
  readonly disabled?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly labelVisibility?: "hidden" | "collapsed" | undefined;
  /** What is wrong, in words: shown below and told to screen readers. */
  readonly error?: string | undefined;
  /** The control is several (radios, thumbs): it gets `aria-labelledby`, and its element a role of its own. */
  readonly group?: boolean | undefined;
  /** Stands at the end of the label's line: the figure of a slider. */
  readonly aside?: ReactNode;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | "content" | number | undefined;
  readonly children: (control: FieldControl) => ReactNode;
}

/** A control with its label above it, help beside that, and what is wrong below. */
export function Field(props: FieldProps): ReactNode {
  const { disabled = false, error, width, children } = props;
  const id = useId();
  const sized = useStyle({ width: typeof width === "number" ? width : undefined });
  return (
    <div
      className={`${style["field"] ?? ""} ${sized}`}
      data-disabled={disabled ? "" : undefined}
      data-width={width === "content" ? width : undefined}
    >
      <Head id={id} {...props} />
      {children(controlOf(id, props))}
      <FieldError id={`${id}e`} error={error} />
    </div>
  );
}

function controlOf(
  id: string,
  { help, disabled = false, required, error, group = false }: FieldProps,
): FieldControl {
  return {
    id: `${id}c`,
    disabled,
    ...describedBy(id, help, error),
    ...(required === true ? { "aria-required": true } : {}),
    ...(group ? { "aria-labelledby": `${id}l` } : {}),
  };
}

function Head({
  id,
  label,
  help,
  required,
  labelVisibility,
  group = false,
  aside,
}: FieldProps & { id: string }): ReactNode {
  const Label = group ? "span" : "label";
  const shown = labelVisibility === undefined ? "" : (style[labelVisibility] ?? "");
  return (
    <div className={`${style["head"] ?? ""} ${shown}`}>
      <Label id={`${id}l`} className={style["label"]} {...(group ? {} : { htmlFor: `${id}c` })}>
        <Rich text={label} />
        {required === true && <RequiredMark />}
      </Label>
      <Help text={help} id={`${id}h`} />
      {aside === undefined ? null : <span className={style["aside"]}>{aside}</span>}
    </div>
  );
}
