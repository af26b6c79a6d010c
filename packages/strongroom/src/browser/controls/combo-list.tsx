import {
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
  type RefObject,
} from "react";
import unseen from "./unseen.module.css";
import style from "./combo-box.module.css";
import { Icon } from "./icon.tsx";
import type { Combo, Row } from "./use-combo.ts";

export interface ComboListProps {
  readonly combo: Combo;
  readonly texts: readonly string[];
  readonly chosen: ReadonlySet<number>;
  readonly name: string;
  readonly multiple: boolean;
  /** No more may be chosen; says so below the options. */
  readonly full: string | undefined;
  readonly list: RefObject<HTMLDivElement | null>;
}

/** More rows than can be seen, above and below. */
const spareRows = 6;
const mostPx = 340;

/** The options that were found. Only those in sight are drawn, so that a hundred thousand are as quick as ten. */
export function ComboList(props: ComboListProps): ReactNode {
  const { combo, name, multiple, full, list } = props;
  const { isOpen, rows, listId } = combo;
  return (
    <>
      <div
        id={listId}
        ref={list}
        className={style["list"]}
        popover="manual"
        role="listbox"
        aria-label={name}
        aria-multiselectable={multiple || undefined}
        // The field keeps the focus.
        onPointerDown={(event) => event.preventDefault()}
      >
        {isOpen && <Rows {...props} />}
        {isOpen && rows.length === 0 && (
          <div role="option" aria-selected={false} aria-disabled className={style["nothing"]}>
            {combo.typed === undefined ? "No options" : "Nothing found"}
          </div>
        )}
        {isOpen && full !== undefined && <div className={style["full"]}>{full}</div>}
      </div>
      <span role="status" className={unseen["unseen"]}>
        {isOpen && combo.typed !== undefined ? `${rows.length === 0 ? "Nothing" : rows.length} found` : ""}
      </span>
    </>
  );
}

function Rows(props: ComboListProps): ReactNode {
  const { combo, list } = props;
  const { rows, active } = combo;
  const [rowPx] = useState(() => (matchMedia("(pointer: coarse)").matches ? 44 : 34));
  const shown = useRef<Combo["rows"]>(undefined);
  useLayoutEffect(() => {
    const isOther = shown.current !== rows;
    shown.current = rows;
    if (list.current !== null)
      reveal(list.current, { top: Math.max(0, active) * rowPx, height: rowPx, isOther });
  }, [active, rows, rowPx, list]);
  const top = useTopRow(list, rowPx);
  const first = Math.max(0, top - spareRows);
  const last = Math.min(rows.length, top + Math.ceil(mostPx / rowPx) + spareRows);
  return (
    // Drawn in the browser alone, where a style goes round the markup.
    <div role="presentation" className={style["rows"]} style={{ height: rows.length * rowPx }}>
      {rows.slice(first, last).map((row, index) => (
        <Option key={row} row={row} at={first + index} rowPx={rowPx} {...props} />
      ))}
    </div>
  );
}

/** Brings a row into sight: into the middle where the rows are others than before. */
function reveal(
  box: HTMLElement,
  { top, height, isOther }: { top: number; height: number; isOther: boolean },
): void {
  const { scrollTop, clientHeight } = box;
  if (isOther) box.scrollTop = top - clientHeight / 2 + height / 2;
  else if (top < scrollTop) box.scrollTop = top;
  else if (top + height > scrollTop + clientHeight) box.scrollTop = top + height - clientHeight;
}

/** The number of the first row in sight. */
function useTopRow(list: RefObject<HTMLElement | null>, rowPx: number): number {
  const subscribe = useCallback(
    (follow: () => void) => {
      const box = list.current;
      box?.addEventListener("scroll", follow, { passive: true });
      return () => box?.removeEventListener("scroll", follow);
    },
    [list],
  );
  return useSyncExternalStore(subscribe, () => Math.floor((list.current?.scrollTop ?? 0) / rowPx));
}

interface OptionProps extends ComboListProps {
  readonly row: Row;
  readonly at: number;
  readonly rowPx: number;
}

function Option({ row, at, rowPx, combo, texts, chosen, full }: OptionProps): ReactNode {
  const isChosen = typeof row === "number" && chosen.has(row);
  const isDisabled = full !== undefined && !isChosen;
  const text =
    typeof row === "number"
      ? texts[row]
      : row === "all"
        ? allWords(combo)
        : `Add “${(combo.typed ?? "").trim()}”`;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field that keeps the focus takes the keys
    <div
      role="option"
      tabIndex={-1}
      id={combo.rowId(at)}
      className={style["option"]}
      style={{ top: at * rowPx, height: rowPx }}
      aria-selected={isChosen}
      aria-disabled={isDisabled || undefined}
      aria-posinset={at + 1}
      aria-setsize={combo.rows.length}
      data-active={at === combo.active ? "" : undefined}
      data-special={typeof row === "number" ? undefined : ""}
      title={text}
      onPointerMove={() => combo.point(at)}
      onClick={() => !isDisabled && combo.choose(at)}
    >
      <span className={style["text"]}>{text === "" ? "\u00a0" : text}</span>
      {isChosen && <Icon name="check" size={15} />}
      {row === "new" && <Icon name="plus" size={15} />}
    </div>
  );
}

function allWords({ rows, typed }: Combo): string {
  const count = rows.filter((row) => typeof row === "number").length;
  return typed === undefined || typed.trim() === "" ? "Select all" : `Select these ${count}`;
}
