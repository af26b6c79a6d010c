import { useMemo, type ReactNode } from "react";
import { cellText, columnDigits, type ColumnDigits } from "../../browser/cell-text.ts";
import { Icon } from "../../browser/controls/icon.tsx";
import { Rich } from "../../browser/controls/rich.tsx";
import { useLocale } from "../../browser/locale.tsx";
import { useStyle } from "../../browser/style.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import type { CellType } from "../table-data.schema.ts";
import unseen from "../../browser/controls/unseen.module.css";
import style from "./table.module.css";
import { tableSpec } from "./table.schema.ts";

type TableProps = Infer<typeof tableSpec.props>;
type TableCell = TableProps["rows"][number][number];

export default view(tableSpec, ({ props }) => <Table props={props} />);

function Table({ props }: { props: TableProps }): ReactNode {
  const { columns, rows, border, alt, count, width, height } = props;
  const locale = useLocale();
  const size = useStyle({
    width: width === "content" ? "fit-content" : width,
    ...(height === "stretch" ? {} : { maxHeight: height }),
  });
  if (columns.length === 0) return <p className={style["empty"]}>No rows to show.</p>;
  return (
    <div
      className={`${style["whole"] ?? ""} ${size}`}
      data-height={height === "stretch" ? height : undefined}
    >
      <div
        className={style["scroll"]}
        data-border={border}
        data-high={height !== undefined}
        role="group"
        aria-label={alt ?? "Table"}
        // A box that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys must reach what scrolls
        tabIndex={0}
      >
        <Rows props={props} locale={locale} />
      </div>
      {rows.length === 0 ? <p className={style["empty"]}>No rows to show.</p> : null}
      {count === undefined ? null : (
        <p className={style["note"]}>
          The first {rows.length.toLocaleString(locale)} of {count.toLocaleString(locale)} rows.
        </p>
      )}
    </div>
  );
}

function Rows({ props, locale }: { props: TableProps; locale: string }): ReactNode {
  const { columns, rows, rowHeader, hideHeader } = props;
  const digits = useMemo(
    () => columns.map((_, at) => columnDigits(rows.map((row) => numberIn(row[at])))),
    [columns, rows],
  );
  return (
    <table className={style["table"]}>
      <thead className={hideHeader === true ? unseen["unseen"] : undefined}>
        <tr>
          {columns.map(({ head, type }, at) => (
            <th key={at} scope="col" className={alignment(type)}>
              <Rich text={head} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, number) => (
          <Row
            key={number}
            row={row}
            columns={columns}
            digits={digits}
            rowHeader={rowHeader}
            locale={locale}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly row: readonly TableCell[];
  readonly columns: TableProps["columns"];
  readonly digits: readonly ColumnDigits[];
  readonly rowHeader: number | undefined;
  readonly locale: string;
}

function Row({ row, columns, digits, rowHeader, locale }: RowProps): ReactNode {
  return (
    <tr>
      {columns.map(({ type }, at) => {
        const content = <Content cell={row[at] ?? null} type={type} digits={digits[at]} locale={locale} />;
        if (at !== rowHeader)
          return (
            <td key={at} className={alignment(type)}>
              {content}
            </td>
          );
        return (
          <th key={at} scope="row" className={alignment(type)}>
            {content}
          </th>
        );
      })}
    </tr>
  );
}

interface ContentProps {
  readonly cell: TableCell;
  readonly type: CellType;
  readonly digits: ColumnDigits | undefined;
  readonly locale: string;
}

function Content({ cell, type, digits, locale }: ContentProps): ReactNode {
  if (cell === null) return <span className={style["nothing"]}>–</span>;
  if (typeof cell === "boolean") return <YesNo value={cell} />;
  if (typeof cell === "object" || type === "text")
    return <Rich text={typeof cell === "number" ? String(cell) : cell} />;
  return cellText(cell, { type, digits: digits ?? { fraction: 0, grouped: false } }, locale);
}

function YesNo({ value }: { value: boolean }): ReactNode {
  return (
    <>
      {value ? (
        <Icon name="check" size={15} className={style["yes"]} />
      ) : (
        <span aria-hidden="true" className={style["nothing"]}>
          –
        </span>
      )}
      <span className={unseen["unseen"]}>{value ? "Yes" : "No"}</span>
    </>
  );
}

function numberIn(cell: TableCell | undefined): number | null {
  return typeof cell === "number" ? cell : null;
}

function alignment(type: CellType): string | undefined {
  return type === "number" || type === "bigint" ? style["right"] : undefined;
}
