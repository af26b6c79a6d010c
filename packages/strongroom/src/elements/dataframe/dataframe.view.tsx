import { useMemo, type ReactNode } from "react";
import { plainText } from "../../browser/controls/rich.tsx";
import type { GridChoice } from "../../browser/grid/grid-choice.ts";
import { gridColumn, type GridColumn } from "../../browser/grid/grid-column.ts";
import { Grid } from "../../browser/grid/grid.tsx";
import { useHydrated } from "../../browser/hydrated.ts";
import { useStyle } from "../../browser/style.tsx";
import { useTable } from "../../browser/use-table.ts";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Json } from "../../wire/schema.ts";
import type { Cell } from "../table-data.schema.ts";
import style from "./dataframe.module.css";
import {
  dataframeSpec,
  type Choosing,
  type ColumnView,
  type DataframeAnswer,
  type DataframeProps,
} from "./dataframe.schema.ts";

export default view(dataframeSpec, (input) => <Dataframe {...input} />);

function Dataframe({ props, value, setValue, press }: ViewProps<DataframeProps, DataframeAnswer>): ReactNode {
  const { data, title, rowHeight = 36, placeholder = "–", alt, width, height, selection } = props;
  const { cells, state, retry } = useTable(data);
  const columns = useColumns(props, cells, press);
  const size = useStyle({ width: width === "content" ? "fit-content" : width });
  return (
    <div
      className={`${style["dataframe"] ?? ""} ${size}`}
      data-height={height === "stretch" ? height : undefined}
    >
      <Grid
        columns={columns}
        count={data.count}
        state={state}
        retry={retry}
        title={title}
        name={alt ?? (title === undefined ? "Table" : plainText(title))}
        height={height}
        rowHeight={rowHeight}
        showIndex={props.showIndex === true}
        placeholder={placeholder}
        // Where nothing can be chosen there is no answer.
        choice={selection === undefined ? undefined : choiceOf(selection, value, setValue)}
      />
    </div>
  );
}

const unnamed = { name: "", type: "text" } as const;

function useColumns(
  { columns: views, data, print = "" }: DataframeProps,
  cells: readonly (readonly Cell[])[],
  press: (value?: Json) => void,
): readonly GridColumn[] {
  const isHydrated = useHydrated();
  return useMemo(
    () =>
      views.map((one) => {
        const named = data.columns[one.at] ?? unnamed;
        const clicked = (row: number, label: string): void =>
          press({ of: print, column: named.name, row, label });
        const column = { ...named, cells: cells[one.at] ?? [] };
        return gridColumn(isHydrated ? one : atAnyTime(one), column, clicked);
      }),
    [views, data.columns, cells, isHydrated, print, press],
  );
}

/** How far away a moment is differs by when it is drawn: on the server, and then here. */
function atAnyTime(column: ColumnView): ColumnView {
  const { as } = column;
  if (as?.type !== "date" && as?.type !== "datetime" && as?.type !== "time") return column;
  return as.format === "distance" || as.format === "calendar"
    ? { ...column, as: { ...as, format: "medium" } }
    : column;
}

function choiceOf(
  modes: Choosing,
  { of, ...chosen }: DataframeAnswer,
  setValue: (value: DataframeAnswer) => void,
): GridChoice {
  return { modes, chosen, choose: (next) => setValue({ of, ...next }) };
}
