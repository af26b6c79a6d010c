import { useEffect, useRef, type ReactNode } from "react";
import { Icon } from "../controls/icon.tsx";
import { Rich } from "../controls/rich.tsx";
import { useElements } from "../element.tsx";
import { usePage } from "../page-context.ts";
import { useSignal } from "../signal.ts";
import { Mark } from "./mark.tsx";
import { MenuButton } from "./menu-button.tsx";
import { appNameOf, hrefOf, type PageHead, type PageLink } from "./page-head.ts";
import style from "./side.module.css";
import { ThemeSwitch } from "./theme-switch.tsx";

const sideId = "side";

/** Narrow windows: the app's name, and the button for the sheet. */
export function TopBar({ head, inert }: { head: PageHead; inert: boolean }): ReactNode {
  return (
    <header className={style["bar"]} inert={inert}>
      <Brand head={head} />
      <button type="button" className={style["sign"]} popoverTarget={sideId} aria-label="Menu">
        <Icon name="menu" size={20} />
      </button>
    </header>
  );
}

interface SideProps {
  readonly head: PageHead;
  readonly childIds: readonly string[];
  readonly onFold: () => void;
  readonly onSheet: (isOpen: boolean) => void;
}

/** A column in wide windows, a sheet in narrow ones: the same elements, once. */
export function SideColumn({ head, childIds, onFold, onSheet }: SideProps): ReactNode {
  const { shell } = usePage();
  const side = useRef<HTMLElement>(null);
  const close = (): void => side.current?.hidePopover();
  const children = useElements(childIds);
  useWideness(close);
  return (
    <aside
      id={sideId}
      ref={side}
      className={style["side"]}
      aria-label="Menu and settings"
      popover="auto"
      onToggle={({ newState }) => {
        onSheet(newState === "open");
        if (newState === "open")
          side.current?.querySelector<HTMLElement>("a[aria-current], [data-first]")?.focus();
      }}
    >
      <Head head={head} onFold={onFold} onClose={close} />
      <Pages head={head} onGo={close} />
      {childIds.length === 0 ? null : <div className={style["elements"]}>{children}</div>}
      {shell.hides("toolbar") ? null : (
        <footer className={style["foot"]}>
          <ThemeSwitch />
          <MenuButton head={head} />
        </footer>
      )}
    </aside>
  );
}

function Head({
  head,
  onFold,
  onClose,
}: {
  head: PageHead;
  onFold: () => void;
  onClose: () => void;
}): ReactNode {
  return (
    <div className={style["head"]}>
      <Brand head={head} />
      {head.sidebar === "locked" ? null : (
        <button
          type="button"
          className={`${style["sign"] ?? ""} ${style["fold"] ?? ""}`}
          onClick={onFold}
          aria-label="Hide the side bar"
        >
          <Icon name="panel" size={17} />
        </button>
      )}
      <button
        type="button"
        className={`${style["sign"] ?? ""} ${style["close"] ?? ""}`}
        data-first=""
        onClick={onClose}
        aria-label="Close"
      >
        <Icon name="close" size={19} />
      </button>
    </div>
  );
}

/** In a window that grows wide, a sheet has no place. */
function useWideness(close: () => void): void {
  useEffect(() => {
    const wide = window.matchMedia("(min-width: 760px)");
    const leave = (): void => {
      if (wide.matches) close();
    };
    wide.addEventListener("change", leave);
    return () => wide.removeEventListener("change", leave);
  });
}

/** Brings a column back that was folded away. */
export function UnfoldButton({ onUnfold }: { onUnfold: () => void }): ReactNode {
  return (
    <button
      type="button"
      className={`${style["sign"] ?? ""} ${style["unfold"] ?? ""}`}
      onClick={onUnfold}
      aria-label="Show the side bar"
    >
      <Icon name="panel" size={17} />
    </button>
  );
}

function Brand({ head }: { head: PageHead }): ReactNode {
  const name = appNameOf(head);
  return (
    <span className={style["brand"]}>
      {head.icon === undefined ? (
        <Mark />
      ) : (
        <span className={style["emblem"]}>
          <Rich text={head.icon} />
        </span>
      )}
      <span className={style["name"]}>{name}</span>
    </span>
  );
}

function Pages({ head, onGo }: { head: PageHead; onGo: () => void }): ReactNode {
  const { store, shell } = usePage();
  const { page } = useSignal(store.place);
  if (head.pages.length < 2 || !shell.shows.pages) return null;
  const hasIcons = head.pages.some(({ icon }) => icon !== "");
  const go = (event: React.MouseEvent, link: PageLink): void => {
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!isPlain) return;
    event.preventDefault();
    onGo();
    if (link.path !== page) store.go({ page: link.path, query: "" });
  };
  return (
    <nav className={style["pages"]} aria-label="Pages">
      {head.pages.map((link) => (
        <a
          key={link.path}
          className={style["link"]}
          href={hrefOf(link.path, "", shell.embed?.query)}
          aria-current={link.path === page ? "page" : undefined}
          onClick={(event) => go(event, link)}
        >
          {hasIcons ? (
            <span className={style["icon"]} aria-hidden="true">
              {link.icon}
            </span>
          ) : null}
          {link.title}
        </a>
      ))}
    </nav>
  );
}
