import { checkNames, type OptionNames } from "../../worker/option-names.ts";
import type { NumberFormat } from "../number-format.schema.ts";
import type { ThemeColor } from "../color-name.schema.ts";
import type { MomentWord } from "./dataframe-cells.schema.ts";

/**
 * How a moment is written: `"localized"` (the same as `"medium"`), `"short"`, `"long"`, `"iso"` or `"iso8601"`,
 * `"distance"` (“3 days ago”), `"calendar"` (“yesterday, 14:30”), or a pattern such as `"D MMM YYYY, HH:mm"`.
 */
export type MomentFormat = MomentWord | "localized" | "iso8601" | (string & {});
/** A colour of the theme, `#rrggbb`, or by the numbers: `"auto"` is green where they are high or rise, `"auto-inverse"` where they are low or fall. */
export type ChartColor = "auto" | "auto-inverse" | ThemeColor | (string & {});

/** Which button of which row was clicked. */
export interface ButtonClick {
  /** Position of the row in the data that was given. */
  readonly row: number;
  /** What stands on the button. */
  readonly label: string;
}

export interface ColumnOptions {
  /** Stands in the head. Default: the name in the data. */
  readonly label?: string;
  /** Words, or px. Default: by what the column holds. */
  readonly width?: "small" | "medium" | "large" | number;
  /** A tooltip of the head, in Markdown. */
  readonly help?: string;
  /** Default: numbers to the right, all else to the left. */
  readonly alignment?: "left" | "center" | "right";
  /** Stays in sight while the others scroll sideways. */
  readonly pinned?: boolean;
}

interface Ranged {
  /** What the smallest value is drawn at. */
  readonly yMin?: number;
  readonly yMax?: number;
  /** Default: the first data colour of the theme. */
  readonly color?: ChartColor;
}

interface Labelled {
  /** Colours by the text of the label. */
  readonly colors?: Readonly<Record<string, ThemeColor>>;
  /** Of labels that have none of their own. `"auto"` tells them apart. Default `"gray"`. */
  readonly color?: "auto" | ThemeColor;
}

/** The types of columns, and what each takes. */
export type ColumnType =
  | { readonly type?: undefined; readonly format?: NumberFormat | MomentFormat }
  | { readonly type: "text" }
  | { readonly type: "number"; readonly format?: NumberFormat }
  /** Moments are shown in UTC, or on the clock of `timeZone` (`"Europe/Berlin"`). */
  | { readonly type: "datetime"; readonly format?: MomentFormat; readonly timeZone?: string }
  | { readonly type: "date"; readonly format?: MomentFormat }
  /** Cells are `Date`s, of which the time of day in UTC is shown, or text such as `"14:30:00"`. */
  | { readonly type: "time"; readonly format?: MomentFormat }
  /** A bar from `min` to `max`, with the number beside it. */
  | {
      readonly type: "progress";
      /** Default 0. */
      readonly min?: number;
      /** Default: 1 for shares, 100 or the largest number for all else. */
      readonly max?: number;
      readonly format?: NumberFormat;
      readonly color?: ChartColor;
    }
  /** Cells are addresses; `displayText` stands for them: a text, or an expression whose first group is found in each. */
  | { readonly type: "link"; readonly displayText?: string | RegExp }
  /** Cells are inline Markdown. */
  | { readonly type: "markdown" }
  /** Yes and no as a box with a tick or without. */
  | { readonly type: "checkbox" }
  /** A coloured label; `colors` by the text of the cell; others are plain text. */
  | { readonly type: "badge"; readonly colors?: Readonly<Record<string, ThemeColor>> }
  /** One of several options, as `formatFunc` writes it. */
  | ({ readonly type: "selectbox"; readonly formatFunc?: (value: unknown) => string } & Labelled)
  /** Cells are lists of options. */
  | ({ readonly type: "multiselect"; readonly formatFunc?: (value: unknown) => string } & Labelled)
  /** Cells are lists. */
  | { readonly type: "list" }
  /** Cells are lists of numbers, drawn as small charts. */
  | ({ readonly type: "barChart" | "lineChart" | "areaChart" } & Ranged)
  /** Cells are bytes of pictures, or `data:` URLs; pages ask nothing of other hosts. */
  | { readonly type: "image" }
  /** Cells as JSON. */
  | { readonly type: "json" }
  /** Cells are what stands on a button, or a list for several. A click is heard by `onClick`, and under its key for one run. */
  | {
      readonly type: "button";
      /** `st.sessionState[key]` reads `{ row, label }` in the run that the click causes, else `null`. */
      readonly key?: string;
      /** Called before the rerun that a click causes. */
      readonly onClick?: (click: ButtonClick) => unknown;
      /** Named as in `st.button`, whose `type` it is. Default `"secondary"`. */
      readonly look?: "primary" | "secondary" | "tertiary";
    };

/** How one column of `st.dataframe` is drawn: `null` leaves it out, text renames it. */
export type ColumnConfig = null | string | (ColumnOptions & ColumnType);
export type Configured = Exclude<ColumnConfig, null | string>;

/** What a column takes, whatever its type. */
const ofAll = { label: true, width: true, help: true, alignment: true, pinned: true, type: true } as const;
const ranged = { yMin: true, yMax: true, color: true } as const;

type TypeName = NonNullable<Configured["type"]>;
type Of<T> = Extract<Configured, { readonly type: T }>;
type Untyped = Extract<Configured, { readonly type?: undefined }>;

/** What a column of each type takes; the one without a type first. */
const namesByType: { readonly [T in TypeName]: OptionNames<Of<T>> } & {
  readonly none: OptionNames<Untyped>;
} = {
  none: { ...ofAll, format: true },
  text: ofAll,
  number: { ...ofAll, format: true },
  datetime: { ...ofAll, format: true, timeZone: true },
  date: { ...ofAll, format: true },
  time: { ...ofAll, format: true },
  progress: { ...ofAll, min: true, max: true, format: true, color: true },
  link: { ...ofAll, displayText: true },
  markdown: ofAll,
  checkbox: ofAll,
  badge: { ...ofAll, colors: true },
  selectbox: { ...ofAll, formatFunc: true, colors: true, color: true },
  multiselect: { ...ofAll, formatFunc: true, colors: true, color: true },
  list: ofAll,
  barChart: { ...ofAll, ...ranged },
  lineChart: { ...ofAll, ...ranged },
  areaChart: { ...ofAll, ...ranged },
  image: ofAll,
  json: ofAll,
  button: { ...ofAll, key: true, onClick: true, look: true },
};

/** Refuses what a column of its type does not take: it would be left out without a word. */
export function checkColumn(name: string, config: Configured): void {
  const type: string = config.type ?? "none";
  // An unknown type is refused where it is drawn.
  const known = Object.hasOwn(namesByType, type) ? namesByType[type as TypeName] : undefined;
  const what = config.type === undefined ? "" : ` of type "${config.type}"`;
  if (known !== undefined) checkNames(`st.dataframe: columnConfig.${name}${what}`, config, known);
}
