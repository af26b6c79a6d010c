import { useMemo, type ReactNode } from "react";
import { plainText } from "../../browser/controls/rich.tsx";
import { gridColumn } from "../../browser/grid/grid-column.ts";
import { Grid, type RowChoice } from "../../browser/grid/grid.tsx";
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
  const { data, columns: views, title, rowHeight = 36, placeholder = "–", alt, width, selection } = props;
  const { cells, state, retry } = useTable(data);
  const columns = useMemo(
    () => views.map((one) => gridColumn(one, data.columns[one.at] ?? unnamed, cells[one.at] ?? [])),
    [views, data.columns, cells],
  );
  const size = useStyle({ width: width === "content" ? "fit-content" : width });
  return (
    <div className={`${style["dataframe"] ?? ""} ${size}`}>
      <Grid
        columns={columns}
        count={data.count}
        state={state}
        retry={retry}
        title={title}
        name={alt ?? (title === undefined ? "Table" : plainText(title))}
        height={props.height}
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

function choiceOf(
  mode: RowChoice["mode"],
  { of, rows }: Choice,
  setValue: (value: Choice) => void,
): RowChoice {
  return { mode, rows, choose: (chosen) => setValue({ of, rows: chosen }) };
}
