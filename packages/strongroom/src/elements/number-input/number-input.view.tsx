import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import box from "../../browser/controls/box.module.css";
import { Field, type FieldControl } from "../../browser/controls/field.tsx";
import { Icon } from "../../browser/controls/icon.tsx";
import { Rich } from "../../browser/controls/rich.tsx";
import { useLocale } from "../../browser/locale.tsx";
import { formatNumber } from "../../browser/number-format.ts";
import { parseNumber, sum } from "../../browser/parse-number.ts";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import style from "./number-input.module.css";
import { numberInputSpec } from "./number-input.schema.ts";

type Props = Infer<typeof numberInputSpec.props>;
type Answer = number | null;
/** What cannot be read as a number stays text: its decoder refuses it, so it is kept in the page and never sent. */
type Held = Answer | string;

export default view(numberInputSpec, ({ props, value, refusal, ...act }) => {
  const locale = useLocale();
  const held: Held = value;
  const error = refusal === undefined ? undefined : (misfit(props, held, locale) ?? refusal);
  return (
    <Field {...props} error={error}>
      {(control) => <NumberBox {...{ props, held, control, locale }} {...act} />}
    </Field>
  );
});

/** Why a number does not fit, in words. */
function misfit({ min, max, integer, nullable }: Props, held: Held, locale: string): string | undefined {
  if (held === null) return nullable === true ? undefined : "A number is needed";
  if (typeof held === "string") return "This is not a number";
  if (min !== undefined && held < min) return `At least ${formatNumber(min, undefined, locale)}`;
  if (max !== undefined && held > max) return `At most ${formatNumber(max, undefined, locale)}`;
  return integer === true && !Number.isInteger(held) ? "A whole number" : undefined;
}

type Act = Pick<ViewProps<Props, Answer>, "setDraft" | "setValue" | "submit">;
interface NumberBoxProps extends Act {
  readonly props: Props;
  readonly held: Held;
  readonly control: FieldControl;
  readonly locale: string;
}

function NumberBox({ props, held, control, locale, setDraft, setValue, submit }: NumberBoxProps): ReactNode {
  const { min, max, step, integer, format, placeholder, icon } = props;
  const [last, setTyped] = useState<string>();
  const toHeld = (text: string): Held => (text.trim() === "" ? null : (parseNumber(text, locale) ?? text));
  // What was typed is shown as it is, as long as it stands for what the field holds.
  const typed = last !== undefined && toHeld(last) === held ? last : undefined;
  const type = (text: string): void => {
    setTyped(text);
    setDraft(toHeld(text) as Answer);
  };
  const settle = (): void => {
    if (typed !== undefined) setValue(toHeld(typed) as Answer);
    setTyped(undefined);
  };
  const add = (steps: number): void => {
    const from = typeof held === "number" ? held : Math.max(min ?? 0, Math.min(0, max ?? 0));
    const next = typeof held === "number" ? sum(from, steps * step) : from;
    setTyped(undefined);
    setValue(Math.max(min ?? -Infinity, Math.min(max ?? Infinity, next)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (steps !== undefined) add(steps);
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) submit();
    else return;
    event.preventDefault();
  };
  return (
    <div className={style["whole"]} data-icon={icon === undefined ? undefined : ""}>
      {icon !== undefined && (
        <span className={style["icon"]} aria-hidden="true">
          <Rich text={icon} />
        </span>
      )}
      <input
        {...control}
        type="text"
        role="spinbutton"
        className={`${box["box"] ?? ""} ${style["input"] ?? ""}`}
        // The keyboard of some phones has no minus among its digits.
        inputMode={min === undefined || min < 0 ? undefined : integer === true ? "numeric" : "decimal"}
        autoComplete="off"
        aria-valuenow={typeof held === "number" ? held : undefined}
        aria-valuemin={min}
        aria-valuemax={max}
        placeholder={placeholder}
        value={typed ?? shown(held, format, locale)}
        onFocus={() => {
          // A written form ("5 kg") is no good to type in.
          if (format !== undefined && typeof held === "number") setTyped(formatNumber(held, "plain", locale));
        }}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={settle}
        onKeyDown={onKeyDown}
      />
      <Steppers
        disabled={control.disabled}
        add={add}
        canAdd={canStep(held, max)}
        canTake={canStep(min, held)}
      />
    </div>
  );
}

function shown(held: Held, format: Props["format"], locale: string): string {
  return typeof held === "number" ? formatNumber(held, format, locale) : (held ?? "");
}

function canStep(low: Held | undefined, high: Held | undefined): boolean {
  return typeof low !== "number" || typeof high !== "number" || low < high;
}

interface SteppersProps {
  readonly disabled: boolean;
  readonly canAdd: boolean;
  readonly canTake: boolean;
  readonly add: (steps: number) => void;
}

/** For pointers: keys do the same, so screen readers and the Tab key pass them by. */
function Steppers({ disabled, canAdd, canTake, add }: SteppersProps): ReactNode {
  return (
    <span className={style["steppers"]} aria-hidden="true">
      <Stepper icon="minus" disabled={disabled || !canTake} act={() => add(-1)} />
      <Stepper icon="plus" disabled={disabled || !canAdd} act={() => add(1)} />
    </span>
  );
}

const firstRepeatMs = 400;
const repeatMs = 70;

function Stepper({
  icon,
  disabled,
  act,
}: {
  icon: "minus" | "plus";
  disabled: boolean;
  act: () => void;
}): ReactNode {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  const repeat = (afterMs: number): void => {
    timer.current = setTimeout(() => {
      latest.current();
      repeat(repeatMs);
    }, afterMs);
  };
  const stop = (): void => clearTimeout(timer.current);
  useEffect(() => stop, []);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={style["stepper"]}
      disabled={disabled}
      onPointerDown={(event) => {
        // The field keeps the focus.
        event.preventDefault();
        if (event.button !== 0) return;
        act();
        repeat(firstRepeatMs);
      }}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
    >
      <Icon name={icon} size={15} />
    </button>
  );
}
