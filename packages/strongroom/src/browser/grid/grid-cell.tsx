import { memo, type ReactNode } from "react";
import type { Cell } from "../../elements/table-data.schema.ts";
import { isForeign, safeHref } from "../controls/href.ts";
import { Icon } from "../controls/icon.tsx";
import { shownText, type GridColumn } from "./grid-column.ts";
import style from "./grid.module.css";

interface GridCellProps {
  readonly id: string;
  readonly spot: string;
  readonly colIndex: number;
  readonly column: GridColumn;
  readonly source: number;
  readonly locale: string;
  readonly placeholder: string;
  readonly isPinned: boolean;
  readonly isHere: boolean;
  readonly isTaken: boolean;
}

export const GridCell = memo(function GridCell(props: GridCellProps): ReactNode {
  const { id, spot, colIndex, column, source, locale, placeholder, isPinned, isHere, isTaken } = props;
  const cell = column.cells[source];
  return (
    <td
      id={id}
      className={`${style["cell"] ?? ""} ${style[column.align] ?? ""} ${isPinned ? (style["pinned"] ?? "") : ""}`}
      aria-colindex={colIndex}
      data-spot={spot}
      data-here={isHere ? "" : undefined}
      data-taken={isTaken ? "" : undefined}
    >
      {cell === undefined ? (
        <span className={style["ghost"]} />
      ) : (
        <Content cell={cell} column={column} locale={locale} placeholder={placeholder} />
      )}
    </td>
  );
});

interface ContentProps {
  readonly cell: Cell;
  readonly column: GridColumn;
  readonly locale: string;
  readonly placeholder: string;
}

function Content({ cell, column, locale, placeholder }: ContentProps): ReactNode {
  if (cell === null) return <span className={style["nothing"]}>{placeholder}</span>;
  const text = shownText(column, cell, locale);
  const { as, type } = column;
  if (as?.type === "progress" && typeof cell === "number")
    return <Progress value={cell} min={as.min} max={as.max} text={text} />;
  if (as?.type === "badge") return <Badge text={text} tone={toneOf(as.colors, cell)} />;
  if (as?.type === "link") return <CellLink address={String(cell)} text={text} />;
  if (type === "boolean" && as === undefined) return <YesNo value={cell === true} />;
  return text;
}

/** A cell without a colour of its own is plain text: what is ordinary needs no mark. */
function Badge({ text, tone }: { text: string; tone: string | undefined }): ReactNode {
  if (tone === undefined) return text;
  return <span className={`${style["badge"] ?? ""} ${style[tone] ?? ""}`}>{text}</span>;
}

function toneOf(colors: Readonly<Record<string, string>>, cell: Cell): string | undefined {
  return Object.hasOwn(colors, String(cell)) ? colors[String(cell)] : undefined;
}

function Progress({
  value,
  min,
  max,
  text,
}: {
  value: number;
  min: number;
  max: number;
  text: string;
}): ReactNode {
  const share = Math.max(0, Math.min(1, (value - min) / (max - min)));
  return (
    <span className={style["progress"]}>
      {/* Widths of a drawing need no style attribute. */}
      <svg className={style["track"]} width="64" height="6" aria-hidden="true">
        <rect className={style["rest"]} width="64" height="6" rx="3" />
        <rect className={style["done"]} width={Math.round(share * 640) / 10} height="6" rx="3" />
      </svg>
      {text}
    </span>
  );
}

function CellLink({ address, text }: { address: string; text: string }): ReactNode {
  const href = safeHref(address);
  if (href === undefined) return text;
  return (
    <a
      className={style["link"]}
      href={href}
      tabIndex={-1}
      {...(isForeign(href) ? { target: "_blank", rel: "noopener noreferrer" } : {})}
    >
      {text}
    </a>
  );
}

function YesNo({ value }: { value: boolean }): ReactNode {
  return (
    <>
      {value ? <Icon name="check" size={15} /> : <span className={style["nothing"]}>–</span>}
      <span className={style["unseen"]}>{value ? "Yes" : "No"}</span>
    </>
  );
}
