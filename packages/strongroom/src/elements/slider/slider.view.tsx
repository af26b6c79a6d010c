import { useRef, type PointerEvent, type ReactNode } from "react";
import { dateText } from "../../browser/cell-text.ts";
import { Field, type FieldControl } from "../../browser/controls/field.tsx";
import { plainText } from "../../browser/controls/rich.tsx";
import { useLocale } from "../../browser/locale.tsx";
import { formatNumber } from "../../browser/number-format.ts";
import { useStyle } from "../../browser/style.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import style from "./slider.module.css";
import { nearestStep, sliderSpec, stepCount, stepValue } from "./slider.schema.ts";

type Props = Infer<typeof sliderSpec.props>;
type Value = number | readonly [number, number];

/** Days and times as the viewer writes them. */
const writtenAs = {
  day: (day: number, locale: string) =>
    dateText(day * 86_400_000, { type: "date", format: "medium" }, locale),
  time: (seconds: number, locale: string) =>
    dateText(seconds * 1_000, { type: "time", format: "medium" }, locale),
  datetime: (seconds: number, locale: string) =>
    dateText(seconds * 1_000, { type: "datetime", format: "medium" }, locale),
} as const;

export default view(sliderSpec, ({ props, value, setDraft, setValue, refusal }) => {
  const locale = useLocale();
  const write = (number: number): string =>
    props.unit === undefined
      ? formatNumber(number, props.format, locale)
      : writtenAs[props.unit](number, locale);
  const shown = typeof value === "number" ? write(value) : value.map(write).join(" – ");
  return (
    <Field {...props} error={refusal} group={typeof value !== "number"} aside={<output>{shown}</output>}>
      {(control) => <Line {...{ props, value, setDraft, setValue, control, write }} />}
    </Field>
  );
});

interface LineProps {
  readonly props: Props;
  readonly value: Value;
  /** While a thumb is dragged. */
  readonly setDraft: (value: Value) => void;
  /** When it is let go, and for each step by key. */
  readonly setValue: (value: Value) => void;
  readonly control: FieldControl;
  readonly write: (value: number) => string;
}

/**
 * A line with one or two thumbs. Each is a range of the browser's own, which brings keys and screen readers; it counts
 * steps, so that no step is lost to binary fractions. The pointer is ours: two ranges would lie in each other's way.
 */
function Line({ props, value, setDraft, setValue, control, write }: LineProps): ReactNode {
  const last = stepCount(props);
  const steps = (typeof value === "number" ? [value] : value).map((one) => nearestStep(props, one));
  const isPair = steps.length === 2;
  const valueAt = (next: readonly number[]): Value => {
    const [from = 0, to] = next.map((step) => stepValue(props, step));
    return to === undefined ? from : [from, to];
  };
  const drag = useDrag({ steps, last, isDisabled: control.disabled }, (next, isOver) =>
    (isOver ? setValue : setDraft)(valueAt(next)),
  );
  const part = (step = 0): number => (last === 0 ? 1 : step / last);
  const filled = useStyle({ "--from": isPair ? part(steps[0]) : 0, "--to": part(steps.at(-1)) });
  const { id, disabled, "aria-labelledby": labelledBy, ...described } = control;
  const group = isPair ? { id, role: "group", "aria-labelledby": labelledBy, "data-two": "" } : {};
  const look = { className: `${style["line"] ?? ""} ${filled}`, "data-disabled": disabled ? "" : undefined };
  return (
    <div {...group} {...look} {...drag}>
      {steps.map((step, thumb) => (
        <input
          key={thumb}
          {...described}
          {...(isPair
            ? { "aria-label": `${plainText(props.label)}, ${thumb === 0 ? "from" : "to"}` }
            : { id })}
          type="range"
          className={style["thumb"]}
          min={0}
          max={last}
          value={step}
          disabled={disabled || last === 0}
          aria-valuetext={write(stepValue(props, step))}
          onChange={(event) => setValue(valueAt(moved(steps, thumb, Number(event.currentTarget.value))))}
        />
      ))}
    </div>
  );
}

/** The thumbs with one of them moved, no further than to the other. */
function moved(steps: readonly number[], thumb: number, step: number): readonly number[] {
  const low = thumb === 0 ? 0 : (steps[0] ?? 0);
  const high = thumb === 0 ? (steps[1] ?? Infinity) : Infinity;
  return steps.with(thumb, Math.max(low, Math.min(high, step)));
}

interface Drag {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
}

interface Held {
  readonly before: readonly number[];
  /** Nothing while both thumbs lie on each other: the first movement decides. */
  readonly thumb: number | undefined;
  readonly steps: readonly number[];
}

/** Moves the thumb that is nearest to the pointer; a touch that turns out to scroll the page moves nothing. */
function useDrag(
  { steps, last, isDisabled }: { steps: readonly number[]; last: number; isDisabled: boolean },
  move: (steps: readonly number[], isOver: boolean) => void,
): Drag {
  const held = useRef<Held>(undefined);
  const follow = (event: PointerEvent<HTMLElement>): void => {
    const now = held.current;
    if (now === undefined) return;
    const step = stepUnder(event, last);
    const thumb = now.thumb ?? nearestThumb(now.steps, step);
    if (thumb === undefined) return;
    const next = moved(now.steps, thumb, step);
    if (now.thumb === undefined) thumbsOf(event)[thumb]?.focus({ preventScroll: true });
    held.current = { ...now, thumb, steps: next };
    if (next[thumb] !== now.steps[thumb]) move(next, false);
  };
  const end = (wanted: (held: Held) => readonly number[]): void => {
    const now = held.current;
    held.current = undefined;
    if (now?.thumb !== undefined) move(wanted(now), true);
  };
  return {
    onPointerDown(event) {
      if (isDisabled || last === 0 || event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current = { before: steps, thumb: undefined, steps };
      follow(event);
    },
    onPointerMove: follow,
    onPointerUp: () => end((now) => now.steps),
    onPointerCancel: () => end((now) => now.before),
  };
}

/** The step under the pointer: the middle of a thumb goes from half its width to as much before the end. */
function stepUnder({ currentTarget, clientX }: PointerEvent<HTMLElement>, last: number): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  const style = getComputedStyle(currentTarget);
  const size = Number.parseFloat(style.getPropertyValue("--thumb"));
  const part = Math.max(0, Math.min(1, (clientX - left - size / 2) / (width - size)));
  return Math.round((style.direction === "rtl" ? 1 - part : part) * last);
}

function nearestThumb([from = 0, to]: readonly number[], step: number): number | undefined {
  if (to === undefined) return 0;
  if (from === to) return step === from ? undefined : Number(step > to);
  return Math.abs(step - from) <= Math.abs(step - to) ? 0 : 1;
}

function thumbsOf({ currentTarget }: PointerEvent<HTMLElement>): readonly HTMLElement[] {
  return [...currentTarget.querySelectorAll("input")];
}
