import type { ReactNode } from "react";
import { placeText, valueText, type ChartInput } from "./chart-input.ts";
import style from "./chart.module.css";

/** More rows than these nobody listens to. */
const mostRows = 100;

/** The numbers of a chart for those who cannot see it. */
export function ChartTable({
  id,
  input,
  name,
  isSeen,
}: {
  id: string;
  input: ChartInput;
  name: string;
  isSeen: boolean;
}): ReactNode {
  const rows = input.x.slice(0, mostRows);
  const isCut = input.x.length > rows.length;
  return (
    <div className={isSeen ? undefined : style["unseen"]}>
      <table id={`${id}t`}>
        <caption>
          {isCut
            ? `${name}, the first ${mostRows} of ${input.x.length.toLocaleString(input.locale)} rows`
            : name}
        </caption>
        <thead>
          <tr>
            <th scope="col">{input.xLabel ?? ""}</th>
            {input.series.map((series, at) => (
              <th key={at} scope="col">
                {series.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cell, row) => (
            <tr key={row}>
              <th scope="row">{placeText(input, cell, "full")}</th>
              {input.series.map(({ values }, at) => {
                const value = values[row] ?? null;
                return <td key={at}>{value === null ? "–" : valueText(value, input)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
