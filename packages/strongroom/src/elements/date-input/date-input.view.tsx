import { useState, type KeyboardEvent, type ReactNode } from "react";
import box from "../../browser/controls/box.module.css";
import { dateText } from "../../browser/cell-text.ts";
import { Field, type FieldControl } from "../../browser/controls/field.tsx";
import { plainText } from "../../browser/controls/rich.tsx";
import { useLocale } from "../../browser/locale.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { isIsoDate, lastDay, type IsoDate } from "../dates.schema.ts";
import style from "./date-input.module.css";
import { dateInputSpec, type DateRange } from "./date-input.schema.ts";

type Props = Infer<typeof dateInputSpec.props>;
type Day = IsoDate | null;

export default view(dateInputSpec, ({ props, value, setDraft, setValue, submit, refusal }) => {
  const locale = useLocale();
  const error = refusal && (misfit(props, value, locale) ?? refusal);
  const shared = { props, submit };
  return (
    <Field {...props} error={error} group={isRange(value)}>
      {(control) =>
        isRange(value) ? (
          <Range
            {...shared}
            control={control}
            range={value}
            set={(range, isSettled) => (isSettled ? setValue : setDraft)(range)}
          />
        ) : (
          <DayBox
            {...shared}
            control={control}
            day={value}
            set={(day, isSettled) => (isSettled ? setValue : setDraft)(day)}
          />
        )
      }
    </Field>
  );
});

function isRange(value: Day | DateRange): value is DateRange {
  return Array.isArray(value);
}

/** Why a day does not fit, in words. */
function misfit(props: Props, value: Day | DateRange, locale: string): string | undefined {
  const { min, max, nullable } = props;
  const written = (date: IsoDate): string =>
    dateText(Date.parse(date), { type: "date", format: "medium" }, locale);
  if (!isRange(value)) {
    if (value === null) return nullable === true ? undefined : "A whole date is needed";
    if (min !== undefined && value < min) return `At the earliest ${written(min)}`;
    return max !== undefined && value > max ? `At the latest ${written(max)}` : undefined;
  }
  const [from, to] = value;
  const own = misfit(props, from, locale) ?? misfit(props, to, locale);
  return own ?? (from !== null && to !== null && from > to ? "The end is before the beginning" : undefined);
}

interface RangeProps extends Omit<DayBoxProps, "day" | "set"> {
  readonly range: DateRange;
  readonly set: (range: DateRange, isSettled: boolean) => void;
}

function Range({ range, set, control, props, submit }: RangeProps): ReactNode {
  const { id, "aria-labelledby": labelledBy, ...rest } = control;
  const [from, to] = range;
  const name = plainText(props.label);
  return (
    <div id={id} role="group" aria-labelledby={labelledBy} className={style["range"]}>
      <DayBox
        {...{ props, submit }}
        control={{ ...rest, id: `${id}f` }}
        name={`${name}, from`}
        day={from}
        set={(day, isSettled) => set([day, to], isSettled)}
      />
      <span className={style["dash"]} aria-hidden="true">
        –
      </span>
      <DayBox
        {...{ props, submit }}
        control={{ ...rest, id: `${id}t` }}
        name={`${name}, to`}
        day={to}
        set={(day, isSettled) => set([from, day], isSettled)}
      />
    </div>
  );
}

interface DayBoxProps {
  readonly props: Props;
  readonly control: FieldControl;
  readonly name?: string;
  readonly day: Day;
  readonly set: (day: Day, isSettled: boolean) => void;
  readonly submit: () => void;
}

function dayOf(text: string): Day {
  return isIsoDate(text) ? text : null;
}

/** While a year is typed digit by digit, the browser says 0002, 0020, 0202. */
const leastTypedYear = "1000";

/** The browser's own field for a day, which knows how the viewer writes dates, and has the calendar. */
function DayBox({ props, control, name, day, set, submit }: DayBoxProps): ReactNode {
  const { min, max = lastDay, nullable } = props;
  const [last, setTyped] = useState<string>();
  // What the field holds while it is changed, as long as it stands for the day; empty while a part is missing.
  const typed = last !== undefined && dayOf(last) === day ? last : undefined;
  const type = (text: string): void => {
    setTyped(text);
    const next = dayOf(text);
    const isWhole = next !== null && next >= leastTypedYear && next >= (min ?? "") && next <= max;
    set(next, isWhole);
  };
  const settle = (): void => {
    setTyped(undefined);
    set(day, true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    submit();
  };
  return (
    <input
      {...control}
      type="date"
      className={`${box["box"] ?? ""} ${style["day"] ?? ""}`}
      aria-label={name}
      min={min}
      // Without an end some browsers take years of six digits.
      max={max}
      data-empty={(typed ?? day ?? "") === "" ? "" : undefined}
      required={nullable !== true}
      value={typed ?? day ?? ""}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={onKeyDown}
    />
  );
}
