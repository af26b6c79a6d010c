import { useMemo, type ReactNode } from "react";
import { plainText } from "../../browser/controls/rich.tsx";
import { gridColumn } from "../../browser/grid/grid-column.ts";
import { Grid } from "../../browser/grid/grid.tsx";
import { useStyle } from "../../browser/style.tsx";
import { useTable } from "../../browser/use-table.ts";
import { view, type ViewProps } from "../../browser/view.ts";
import style from "./dataframe.module.css";
import { dataframeSpec, type DataframeProps } from "./dataframe.schema.ts";

interface Choice {
  readonly of: string;
  readonly rows: readonly number[];
}

export default view(dataframeSpec, (input) => <Dataframe {...input} />);

function Dataframe({ props, value, setValue }: ViewProps<DataframeProps, Choice>): ReactNode {
  const {
    data,
    columns: views,
    title,
    height,
    rowHeight = 36,
    showIndex,
    placeholder = "–",
    alt,
    width,
    selection,
    print = "",
  } = props;
  const { cells, state, retry } = useTable(data);
  const columns = useMemo(
    () =>
      views.map((one) =>
        gridColumn(one, data.columns[one.at] ?? { name: "", type: "text" }, cells[one.at] ?? []),
      ),
    [views, data.columns, cells],
  );
  const size = useStyle({ width: width === "content" ? "fit-content" : width });
  const choice = {
    mode: selection ?? "single-row",
    // Where nothing can be chosen there is no answer.
    rows: selection === undefined ? [] : value.rows,
    choose: (rows: readonly number[]) => setValue({ of: print, rows }),
  };
  return (
    <div className={`${style["dataframe"] ?? ""} ${size}`}>
      <Grid
        columns={columns}
        count={data.count}
        state={state}
        retry={retry}
        title={title}
        name={alt ?? (title === undefined ? "Table" : plainText(title))}
        height={height}
        rowHeight={rowHeight}
        showIndex={showIndex === true}
        placeholder={placeholder}
        choice={selection === undefined ? undefined : choice}
      />
    </div>
  );
}
