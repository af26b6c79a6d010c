import type { Json, Schema } from "../../wire/schema.ts";
import { badOption } from "../../worker/errors.ts";
import type { Clicks } from "../../worker/ask.ts";
import type { Table } from "../table-data.server.ts";
import { listIn } from "./dataframe-cells.schema.ts";
import type { ButtonClick, ColumnConfig, Configured } from "./dataframe-config.server.ts";
import { dataframeSpec, type DataframeProps } from "./dataframe.schema.ts";

/** A click as it travels, once it has been held against the data. */
interface Press extends ButtonClick {
  readonly of: string;
  readonly column: string;
}

type ButtonColumn = Extract<Configured, { readonly type: "button" }>;

/** The button columns that somebody listens to, by their name. */
export function buttonsIn(config: Readonly<Record<string, ColumnConfig>>): ReadonlyMap<string, ButtonColumn> {
  const buttons = new Map<string, ButtonColumn>();
  for (const [name, column] of Object.entries(config)) {
    if (typeof column !== "object" || column?.type !== "button") continue;
    if (column.onClick !== undefined && typeof column.onClick !== "function")
      throw badOption("dataframe", "onClick", "a function");
    if (column.key !== undefined || column.onClick !== undefined) buttons.set(name, column);
  }
  return buttons;
}

/** The contract with its clicks narrowed: what stands on the button of that row, and nothing else. */
export function withButtons(table: Table): typeof dataframeSpec {
  const press = (props: DataframeProps): Schema<Json> => {
    const shape = dataframeSpec.press?.(props);
    const expected = shape?.expected ?? "no click";
    return {
      expected,
      check: (value, at) =>
        shape === undefined ||
        shape.check(value, at) !== undefined ||
        !stands(value as unknown as Press, table)
          ? { at, expected }
          : undefined,
    };
  };
  return { ...dataframeSpec, press };
}

/** True where a button with that label stands in that cell. */
function stands({ column, row, label }: Press, table: Table): boolean {
  const cell = table.columns.find(({ name }) => name === column)?.values[row] ?? null;
  return listIn(cell).some((one) => (typeof one === "object" ? JSON.stringify(one) : String(one)) === label);
}

/** Who hears of the clicks. */
export function clicksOf(buttons: ReadonlyMap<string, ButtonColumn>): Clicks {
  const keys = new Map<string, (click: Json | undefined) => unknown>();
  for (const [name, { key }] of buttons) {
    if (key !== undefined)
      keys.set(key, (click) => (columnOf(click) === name ? clickOf(click as unknown as Press) : null));
  }
  return {
    keys,
    onPress: (click) => buttons.get(columnOf(click) ?? "")?.onClick?.(clickOf(click as unknown as Press)),
  };
}

function columnOf(click: Json | undefined): string | undefined {
  // It was decoded by the contract before anybody hears of it.
  return (click as unknown as Press | undefined)?.column;
}

function clickOf({ row, label }: Press): ButtonClick {
  return { row, label };
}
