import type { ReactNode } from "react";
import { placeText, valueText, type ChartInput } from "./chart-input.ts";
import unseen from "../controls/unseen.module.css";

/** More rows than these nobody listens to. */
const mostRows = 100;

interface ChartTableProps {
  readonly id: string;
  readonly input: ChartInput;
  readonly name: string;
  /** Where there is no drawing the table stands for it. */
  readonly isSeen: boolean;
}

/** The numbers of a chart for those who cannot see it. */
export function ChartTable({ id, input, name, isSeen }: ChartTableProps): ReactNode {
  const all = input.x.length;
  const caption =
    all > mostRows ? `${name}, the first ${mostRows} of ${all.toLocaleString(input.locale)} rows` : name;
  return (
    <div className={isSeen ? undefined : unseen["unseen"]}>
      <table id={`${id}t`}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{input.xLabel ?? "Place"}</th>
            {input.series.map((series, at) => (
              <th key={at} scope="col">
                {series.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {input.x.slice(0, mostRows).map((cell, at) => (
            <Row key={at} input={input} at={at} place={placeText(input, cell, "full")} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ input, at, place }: { input: ChartInput; at: number; place: string }): ReactNode {
  return (
    <tr>
      <th scope="row">{place}</th>
      {input.series.map(({ values }, series) => {
        const value = values[at] ?? null;
        return <td key={series}>{value === null ? "–" : valueText(value, input)}</td>;
      })}
    </tr>
  );
}
