import {
  useEffect,
  useRef,
  useState,
  type ChangeEvent,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import boxStyle from "../../browser/controls/box.module.css";
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
  if (min !== undefined && held < min) return `At least ${formatNumber(min, "localized", locale)}`;
  if (max !== undefined && held > max) return `At most ${formatNumber(max, "localized", locale)}`;
  return integer === true && !Number.isInteger(held) ? "A whole number" : undefined;
}

type Act = Pick<ViewProps<Props, Answer>, "setDraft" | "setValue" | "submit">;
interface NumberBoxProps extends Act {
  readonly props: Props;
  readonly held: Held;
  readonly control: FieldControl;
  readonly locale: string;
}

function NumberBox(box: NumberBoxProps): ReactNode {
  const { props, held, control } = box;
  const { min, max, integer, placeholder, icon } = props;
  const { add, ...field } = useNumber(box);
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
        className={`${boxStyle["box"] ?? ""} ${style["input"] ?? ""}`}
        // The keyboard of some phones has no minus among its digits.
        inputMode={min === undefined || min < 0 ? undefined : integer === true ? "numeric" : "decimal"}
        autoComplete="off"
        aria-valuenow={typeof held === "number" ? held : undefined}
        aria-valuemin={min}
        aria-valuemax={max}
        placeholder={placeholder}
        {...field}
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

interface NumberField {
  readonly value: string;
  readonly onFocus: (event: FocusEvent<HTMLInputElement>) => void;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly add: (steps: number) => void;
}

const stepsOfKeys: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/** What was typed is shown as it is, as long as it stands for what the field holds. */
function useNumber({ props, held, locale, setDraft, setValue, submit }: NumberBoxProps): NumberField {
  const [last, setTyped] = useState<string>();
  const toHeld = (text: string): Held => (text.trim() === "" ? null : (parseNumber(text, locale) ?? text));
  const typed = last !== undefined && toHeld(last) === held ? last : undefined;
  const add = (steps: number): void => {
    setTyped(undefined);
    setValue(stepped(props, held, steps));
  };
  return {
    value: typed ?? shown(held, props.format, locale),
    // A written form ("5 kg") is no good to type in.
    onFocus({ currentTarget: input }) {
      if (props.format === undefined || typeof held !== "number") return setTyped(undefined);
      const plain = formatNumber(held, "plain", locale);
      setTyped(plain);
      // Another text takes away what the Tab key had marked, and typing would go on behind it. A pointer marks afterwards.
      if (plain !== input.value) queueMicrotask(() => input.select());
    },
    onChange({ currentTarget: { value: text } }) {
      setTyped(text);
      // Text is refused by the decoder: see Held.
      setDraft(toHeld(text) as Answer);
    },
    onBlur() {
      setTyped(undefined);
      setValue(held as Answer);
    },
    onKeyDown(event) {
      const steps = stepsOfKeys[event.key];
      if (steps !== undefined) add(steps);
      else if (event.key === "Enter" && !event.nativeEvent.isComposing) submit();
      else return;
      event.preventDefault();
    },
    add,
  };
}

function stepped({ min = -Infinity, max = Infinity, step }: Props, held: Held, steps: number): number {
  const next = typeof held === "number" ? sum(held, steps * step) : 0;
  return Math.max(min, Math.min(max, next));
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

function Stepper({
  icon,
  disabled,
  act,
}: {
  icon: "minus" | "plus";
  disabled: boolean;
  act: () => void;
}): ReactNode {
  const { start, stop } = useRepeat(act);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={style["stepper"]}
      disabled={disabled}
      onPointerDown={(event) => {
        // The field keeps the focus.
        event.preventDefault();
        if (event.button === 0) start();
      }}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
    >
      <Icon name={icon} size={15} />
    </button>
  );
}

const firstRepeatMs = 400;
const repeatMs = 70;

/** Acts at once, and again and again while it is held. */
function useRepeat(act: () => void): { readonly start: () => void; readonly stop: () => void } {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const repeat = (afterMs: number): void => {
    timer.current = setTimeout(() => {
      latest.current();
      repeat(repeatMs);
    }, afterMs);
  };
  return {
    start() {
      act();
      repeat(firstRepeatMs);
    },
    stop: () => clearTimeout(timer.current),
  };
}
