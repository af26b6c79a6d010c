import { memo, type ReactNode } from "react";
import type { Cell } from "../../elements/table-data.schema.ts";
import { isForeign, safeHref } from "../controls/href.ts";
import { Icon } from "../controls/icon.tsx";
import { Rich } from "../controls/rich.tsx";
import { shownText, type GridColumn } from "./grid-column.ts";
import { CellButtons, Chips, Picture, ProgressBar, Spark } from "./grid-drawings.tsx";
import unseen from "../controls/unseen.module.css";
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
  readonly chosen: CellChoice;
}

/** Chosen alone, or with its column; nothing where neither can be chosen. */
export type CellChoice = "cell" | "column" | "no" | undefined;

export const GridCell = memo(function GridCell(props: GridCellProps): ReactNode {
  const { id, spot, colIndex, column, source, locale, placeholder, isPinned, isHere, isTaken, chosen } =
    props;
  const cell = column.cells[source];
  return (
    <td
      id={id}
      className={`${style["cell"] ?? ""} ${style[column.align] ?? ""} ${isPinned ? (style["pinned"] ?? "") : ""}`}
      aria-colindex={colIndex}
      data-spot={spot}
      data-here={isHere ? "" : undefined}
      data-taken={isTaken ? "" : undefined}
      data-chosen={chosen === "no" ? undefined : chosen}
      aria-selected={chosen === undefined ? undefined : chosen !== "no"}
    >
      {cell === undefined ? (
        <span className={style["ghost"]} />
      ) : (
        <Content cell={cell} column={column} source={source} locale={locale} placeholder={placeholder} />
      )}
    </td>
  );
});

interface ContentProps {
  readonly cell: Cell;
  readonly column: GridColumn;
  readonly source: number;
  readonly locale: string;
  readonly placeholder: string;
}

function Content({ cell, column, source, locale, placeholder }: ContentProps): ReactNode {
  if (cell === null) return <span className={style["nothing"]}>{placeholder}</span>;
  const text = shownText(column, cell, locale);
  const { as, type, label, rich, press } = column;
  switch (as?.type) {
    case "progress":
      return typeof cell === "number" ? <ProgressBar value={cell} as={as} text={text} /> : text;
    case "badge":
      // A cell without a colour of its own is plain text: what is ordinary needs no mark.
      return Object.hasOwn(as.colors, text) ? (
        <Chips cell={text} as={{ type: "chips", colors: as.colors, color: "gray" }} />
      ) : (
        text
      );
    case "chips":
      return <Chips cell={cell} as={as} />;
    case "spark":
      return <Spark cell={cell} as={as} text={text} />;
    case "image":
      return <Picture handle={String(cell)} label={label} />;
    case "button":
      return <CellButtons cell={cell} as={as} row={source} press={press} />;
    case "link":
      return (
        <CellLink address={String(cell)} text={as.text === undefined ? text : <Rich text={as.text} />} />
      );
    case "markdown":
      return <Rich text={rich?.[source]} />;
    case "json":
      return <span className={style["json"]}>{text}</span>;
    case "checkbox":
      return <Box isOn={cell === true || cell === 1 || cell === "true"} />;
    default:
      return type === "boolean" && as === undefined ? <YesNo value={cell === true} /> : text;
  }
}

/** A tick in a box, or a box without. */
function Box({ isOn }: { isOn: boolean }): ReactNode {
  return (
    <>
      <span className={`${style["mark"] ?? ""} ${style["box"] ?? ""}`} data-on={isOn ? "" : undefined}>
        {isOn ? <Icon name="check" size={12} /> : null}
      </span>
      <span className={unseen["unseen"]}>{isOn ? "Yes" : "No"}</span>
    </>
  );
}

function CellLink({ address, text }: { address: string; text: ReactNode }): ReactNode {
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
      <span className={unseen["unseen"]}>{value ? "Yes" : "No"}</span>
    </>
  );
}
