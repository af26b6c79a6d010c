import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { Rich } from "../../browser/controls/rich.tsx";
import { useHydrated } from "../../browser/hydrated.ts";
import { view, type ViewProps } from "../../browser/view.ts";
import type { RichText } from "../../wire/rich-text.ts";
import type { Infer } from "../../wire/schema.ts";
import { reachable, useLayout } from "../layout.view.tsx";
import style from "./tabs.module.css";
import { tabsSpec } from "./tabs.schema.ts";

export default view(tabsSpec, (input) => <Tabs {...input} />);

function Tabs({
  props,
  value,
  setDraft,
  setValue,
  children,
}: ViewProps<Infer<typeof tabsSpec.props>, string>): ReactNode {
  const { labels, first, names, width, height } = props;
  const id = useId();
  const isHydrated = useHydrated();
  const kept = isHydrated && typeof value === "string" ? Number(value) : first;
  // An answer is the name of a tab, what the page alone keeps is its position.
  const chosen = names === undefined ? kept : names.indexOf(value);
  const open = Math.min(Math.max(0, Math.round(chosen) || 0), labels.length - 1);
  const onOpen = (index: number): void => {
    if (names === undefined) setDraft(String(index));
    else setValue(names[index] ?? "");
  };
  const panel = useLayout({ height }, style["panel"]);
  return (
    <div {...useLayout({ width }, style["tabs"])}>
      <TabList id={id} labels={labels} open={open} onOpen={onOpen} />
      {labels.map((_, index) => (
        <div
          key={index}
          {...panel}
          role="tabpanel"
          id={`${id}p${index}`}
          aria-labelledby={`${id}t${index}`}
          hidden={index !== open}
          {...(typeof height === "number" ? reachable : {})}
        >
          {children[index]}
        </div>
      ))}
    </div>
  );
}

interface TabListProps {
  readonly id: string;
  readonly labels: readonly RichText[];
  readonly open: number;
  readonly onOpen: (index: number) => void;
}

function TabList({ id, labels, open, onOpen }: TabListProps): ReactNode {
  const row = useOpenInView(open);
  return (
    <div ref={row} className={style["row"]} role="tablist">
      {labels.map((label, index) => (
        <button
          key={index}
          type="button"
          role="tab"
          id={`${id}t${index}`}
          className={style["tab"]}
          aria-selected={index === open}
          aria-controls={`${id}p${index}`}
          tabIndex={index === open ? 0 : -1}
          onClick={() => onOpen(index)}
          onKeyDown={(event) => moveFrom(index, event)}
        >
          <Rich text={label} />
        </button>
      ))}
    </div>
  );
}

/** Arrows, Home and End go from tab to tab and open it. */
function moveFrom(index: number, event: KeyboardEvent<HTMLButtonElement>): void {
  const tabs = event.currentTarget.parentElement?.children ?? [];
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: index + 1,
    ArrowLeft: index - 1 + tabs.length,
    Home: 0,
    End: tabs.length - 1,
  };
  const to = moves[event.key];
  const target = to === undefined ? undefined : tabs[to % tabs.length];
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  target.focus();
  target.click();
}

/** A row that scrolls, itself and not the page, so that its open tab is seen. */
function useOpenInView(open: number): RefObject<HTMLDivElement | null> {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tab = row.current?.children[open];
    if (tab instanceof HTMLElement && row.current !== null) bringIntoView(row.current, tab);
  }, [open]);
  return row;
}

/** Room that stays beside a tab, so that one sees that there are more, in px. */
const roomPx = 24;

function bringIntoView(row: HTMLElement, { offsetLeft, offsetWidth }: HTMLElement): void {
  const end = offsetLeft + offsetWidth;
  if (offsetLeft < row.scrollLeft) row.scrollTo({ left: offsetLeft - roomPx });
  else if (end > row.scrollLeft + row.clientWidth) row.scrollTo({ left: end - row.clientWidth + roomPx });
}
