import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { numberFormat } from "../number-format.schema.ts";

const figure = s.union(s.literal(null), s.number(), s.string({ maxLength: 1_000 }));

/** Most values of the small chart. */
export const metricChartValues = 500;

export const metricSpec = elementSpec({
  kind: "metric",
  props: s.object({
    label: richText,
    value: figure,
    delta: s.optional(figure),
    /** What the delta means: what is good, what is bad, neither, or a colour of the theme. */
    tone: s.optional(s.literal("good", "bad", "neutral", "accent", "warn", "orange", "blue", "violet")),
    arrow: s.optional(s.literal("up", "down")),
    /** Words after the delta: what it is compared with. */
    deltaDescription: s.optional(richText),
    help: s.optional(richText),
    icon: s.optional(richText),
    labelVisibility: s.optional(s.literal("hidden", "collapsed")),
    border: s.optional(s.boolean),
    format: s.optional(numberFormat),
    chart: s.optional(
      s.object({
        type: s.literal("line", "area", "bar"),
        values: s.array(s.nullable(s.number()), { max: metricChartValues }),
      }),
    ),
    width: s.optional(s.union(s.literal("content"), s.number({ min: 16, max: 4_000 }))),
    height: s.optional(s.union(s.literal("stretch"), s.number({ min: 16, max: 4_000 }))),
  }),
});
