import { s } from "../../wire/s.ts";
import type { Schema } from "../../wire/schema.ts";
import { rule } from "../../wire/schema-scalars.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { firstDay, isoDate, lastDay, type IsoDate } from "../dates.schema.ts";
import { labelFields } from "../label.schema.ts";

export type DateRange = readonly [IsoDate | null, IsoDate | null];

/** Two days of which the second is not the earlier one. */
function rangeOf(one: Schema<IsoDate | null>): Schema<DateRange> {
  const pair = s.tuple(one, one);
  return rule(`from and to, each ${one.expected}`, (value) => {
    if (pair.check(value, "") !== undefined) return false;
    const [from, to] = value as DateRange;
    return from === null || to === null || from <= to;
  });
}

export const dateInputSpec = widgetSpec({
  kind: "dateInput",
  props: s.object({
    ...labelFields,
    min: s.optional(isoDate()),
    max: s.optional(isoDate()),
    /** Two days: the answer is from and to. */
    range: s.optional(s.boolean),
    /** It may be empty; of a range, each end. */
    nullable: s.optional(s.boolean),
  }),
  value: ({ min = firstDay, max = lastDay, range, nullable }): Schema<IsoDate | null> | Schema<DateRange> => {
    const one: Schema<IsoDate | null> = nullable === true ? s.nullable(isoDate(min, max)) : isoDate(min, max);
    return range === true ? rangeOf(one) : one;
  },
});
