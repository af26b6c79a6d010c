import type { ReactNode, RefObject } from "react";
import { Icon } from "../controls/icon.tsx";
import { Rich } from "../controls/rich.tsx";
import { useLocale } from "../locale.tsx";
import { usePage } from "../page-context.ts";
import { separatedText, withHead } from "./grid-text.ts";
import style from "./grid.module.css";
import type { GridProps } from "./grid.tsx";

interface GridToolbarProps extends GridProps {
  readonly order: Uint32Array | undefined;
  readonly search: string;
  readonly setSearch: (search: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** Tables of so few rows are read, not searched. */
const fewRows = 10;

/** Title, search and download; nothing for a small table without a title. */
export function GridToolbar(props: GridToolbarProps): ReactNode {
  const { title, columns, count, order, state, retry } = props;
  const locale = useLocale();
  const { shell } = usePage();
  if (title === undefined && count <= fewRows) return null;
  return (
    <div className={style["toolbar"]}>
      <div className={style["title"]}>
        {title === undefined ? null : (
          <span className={style["words"]}>
            <Rich text={title} />
          </span>
        )}
        <span className={style["count"]} role="status">
          {state === "failed" ? <Failed retry={retry} /> : countText(count, order?.length ?? count, locale)}
        </span>
      </div>
      {count > fewRows ? <Search {...props} name={`Search ${count.toLocaleString(locale)} rows`} /> : null}
      {shell.shows.dataExport ? (
        <button
          type="button"
          className={style["tool"]}
          disabled={state !== "whole" || columns.length === 0}
          onClick={() => download(props)}
        >
          <Icon name="download" size={15} />
          <span className={style["toolText"]}>Download</span>
        </button>
      ) : null}
    </div>
  );
}

type SearchProps = Pick<GridToolbarProps, "search" | "setSearch" | "field" | "name">;

function Search({ search, setSearch, field, name }: SearchProps): ReactNode {
  return (
    <label className={style["search"]}>
      <Icon name="search" size={15} />
      <input
        ref={field}
        type="search"
        value={search}
        placeholder={name}
        aria-label={name}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
    </label>
  );
}

function countText(count: number, shown: number, locale: string): string {
  const all = `${count.toLocaleString(locale)} ${count === 1 ? "row" : "rows"}`;
  return shown === count ? all : `${shown.toLocaleString(locale)} of ${all}`;
}

function Failed({ retry }: { retry: () => void }): ReactNode {
  return (
    <>
      Only the first rows could be loaded.{" "}
      <button type="button" className={style["retry"]} onClick={retry}>
        Try again
      </button>
    </>
  );
}

/** Saves the rows that are shown, in their order, as a file that spreadsheets read. */
function download({ columns, count, order, name }: GridToolbarProps): void {
  const rows = order ?? Uint32Array.from({ length: count }, (_, row) => row);
  const text = withHead(columns, separatedText(columns, rows, ","), ",");
  // Without the mark spreadsheets read the file in an old encoding.
  const url = URL.createObjectURL(new Blob([`\u{FEFF}${text}\r\n`], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(name)}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function fileName(name: string): string {
  const words = name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return words.slice(0, 80) || "table";
}
