import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { folded, matching, type FilterMode } from "./option-filter.ts";

/** An option by its position; a row that chooses all that were found; a row that adds what was typed. */
export type Row = number | "all" | "new";

export interface ComboOptions {
  readonly texts: readonly string[];
  /** Left out where options are not found by typing. */
  readonly filter: FilterMode | undefined;
  /** Positions of the chosen options. */
  readonly chosen: ReadonlySet<number>;
  /** The list stays open after a choice, and begins with a row that chooses all. */
  readonly multiple: boolean;
  readonly hasAll: boolean;
  readonly canAdd: boolean;
  readonly onChoose: (index: number) => void;
  readonly onAll: (indices: readonly number[]) => void;
  readonly onAdd: (text: string) => void;
  /** The field was emptied and left. */
  readonly onEmpty: () => void;
  /** Enter with no row to choose. */
  readonly onEnter: () => void;
}

export interface Combo {
  readonly listId: string;
  readonly isOpen: boolean;
  /** What the viewer has typed; nothing while they have not. */
  readonly typed: string | undefined;
  readonly rows: readonly Row[];
  readonly active: number;
  readonly rowId: (at: number) => string;
  readonly open: () => void;
  readonly close: () => void;
  readonly type: (text: string) => void;
  readonly choose: (at: number) => void;
  readonly point: (at: number) => void;
  /** The field has lost the focus. */
  readonly leave: () => void;
  /** True when the key was for the list. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** A field that finds options by typing: what is typed, found, open and active. */
export function useCombo(options: ComboOptions): Combo {
  const { multiple } = options;
  const listId = useId();
  const list = useList(options);
  const { isOpen, typed, open, close, type, setTyped, setActive } = list;
  const rows = useRows(options, isOpen, typed ?? "");
  const active = Math.min(list.wanted, rows.length - 1);
  const choose = (at: number): void => {
    act(rows[at], { rows, typed, options });
    if (!multiple) return close();
    setTyped(undefined);
    if (typed !== undefined) setActive(-1);
  };
  const leave = (): void => {
    if (!multiple && typed !== undefined) settle(typed.trim(), options);
    close();
  };
  const rowId = (at: number): string => `${listId}-${at}`;
  const onKey = (event: KeyboardEvent): boolean =>
    take(event, { ...list, active, last: rows.length - 1, choose, onEnter: options.onEnter });
  return {
    listId,
    isOpen,
    typed,
    rows,
    active,
    rowId,
    open,
    close,
    type,
    choose,
    point: setActive,
    leave,
    onKey,
  };
}

/** The list as the viewer has it: open or not, what is typed, and the row that they are at. */
function useList({ chosen, multiple, hasAll }: ComboOptions) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState<string>();
  const [wanted, setActive] = useState(-1);
  return {
    isOpen,
    typed,
    setTyped,
    /** There may be fewer rows by now. */
    wanted,
    setActive,
    open: (): void => {
      if (!isOpen) setActive(multiple ? -1 : firstOf(chosen));
      setOpen(true);
    },
    close: (): void => {
      setOpen(false);
      setTyped(undefined);
      setActive(-1);
    },
    type: (text: string): void => {
      setTyped(text);
      setOpen(true);
      setActive(text.trim() === "" ? -1 : hasAll ? 1 : 0);
    },
  };
}

function useRows(
  { texts, filter, hasAll, canAdd }: ComboOptions,
  isOpen: boolean,
  typed: string,
): readonly Row[] {
  const known = useMemo(() => (isOpen ? texts.map(folded) : []), [isOpen, texts]);
  return useMemo(() => {
    if (!isOpen) return [];
    const text = folded(typed.trim());
    const found = matching(known, text, filter ?? "contains");
    const isNew = canAdd && text !== "" && !known.includes(text);
    return [
      ...(hasAll && found.length > 1 ? (["all"] as const) : []),
      ...found,
      ...(isNew ? (["new"] as const) : []),
    ];
  }, [isOpen, known, typed, filter, hasAll, canAdd]);
}

interface Chosen {
  readonly rows: readonly Row[];
  readonly typed: string | undefined;
  readonly options: ComboOptions;
}

function act(row: Row | undefined, { rows, typed = "", options }: Chosen): void {
  if (row === "all") options.onAll(rows.filter((other) => typeof other === "number"));
  else if (row === "new") options.onAdd(typed.trim());
  else if (row !== undefined) options.onChoose(row);
}

function firstOf(chosen: ReadonlySet<number>): number {
  const [first = -1] = chosen;
  return first;
}

/** What was typed and left counts when it is an option, or may become one. */
function settle(text: string, { texts, canAdd, onEmpty, onChoose, onAdd }: ComboOptions): void {
  if (text === "") return onEmpty();
  const index = texts.findIndex((other) => folded(other) === folded(text));
  if (index >= 0) onChoose(index);
  else if (canAdd) onAdd(text);
}

interface KeyState {
  readonly isOpen: boolean;
  readonly active: number;
  readonly last: number;
  readonly open: () => void;
  readonly close: () => void;
  readonly choose: (at: number) => void;
  readonly setActive: (at: number) => void;
  readonly onEnter: () => void;
}

const pageRows = 8;

/** Takes a key that is for the list, and no other. */
function take(event: KeyboardEvent, state: KeyState): boolean {
  const isTaken = !event.nativeEvent.isComposing && follow(event, state);
  if (isTaken) event.preventDefault();
  return isTaken;
}

function follow(
  event: KeyboardEvent,
  { isOpen, active, last, open, close, choose, setActive, onEnter }: KeyState,
): boolean {
  const go = (at: number): true => {
    if (isOpen) setActive(Math.max(0, Math.min(last, at)));
    else open();
    return true;
  };
  switch (event.key) {
    case "ArrowDown":
      return go(active === last ? 0 : active + 1);
    case "ArrowUp":
      if (!(event.altKey && isOpen)) return go(active <= 0 ? last : active - 1);
      close();
      return true;
    case "PageDown":
      return isOpen && go(active + pageRows);
    case "PageUp":
      return isOpen && go(active - pageRows);
    case "Escape":
      // An open list is what Escape closes, not the dialog round it.
      if (isOpen) event.stopPropagation();
      if (isOpen) close();
      return isOpen;
    case "Enter":
      if (isOpen && active >= 0) choose(active);
      else onEnter();
      return true;
    default:
      return false;
  }
}
