import { useId, useRef, type ReactNode, type Ref } from "react";
import { Blocks } from "../controls/blocks.tsx";
import { isForeign, safeHref } from "../controls/href.ts";
import { Icon, type IconName } from "../controls/icon.tsx";
import { placeBeside } from "../controls/popover.ts";
import style from "./app-menu.module.css";
import { appNameOf, type PageHead } from "./page-head.ts";

interface AppMenuProps {
  readonly head: PageHead;
  readonly isSignedIn: boolean;
  readonly isInCorner: boolean;
}

/** Help, a place to tell of mistakes, and what the app is. */
export function AppMenu({ head, isSignedIn, isInCorner }: AppMenuProps): ReactNode {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const close = (): void => list.current?.hidePopover();
  const tell = (): void => {
    close();
    dialog.current?.showModal();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={isInCorner ? `${style["more"] ?? ""} ${style["corner"] ?? ""}` : style["more"]}
        popoverTarget={id}
        aria-label="Menu of this app"
      >
        <Icon name="more" size={17} />
      </button>
      <div
        id={id}
        ref={list}
        className={style["list"]}
        popover="auto"
        onToggle={({ newState }) => {
          if (newState === "open" && button.current !== null && list.current !== null)
            placeBeside(button.current, list.current);
        }}
      >
        <Entries head={head} isSignedIn={isSignedIn} onGo={close} onAbout={tell} />
      </div>
      <About ref={dialog} head={head} />
    </>
  );
}

interface AboutProps {
  readonly head: PageHead;
  readonly ref: Ref<HTMLDialogElement>;
}

function About({ head, ref }: AboutProps): ReactNode {
  return (
    <dialog ref={ref} className={style["about"]} aria-label={`About ${appNameOf(head)}`.trim()}>
      <Blocks blocks={head.about ?? []} />
      <form method="dialog">
        <button className={style["done"]}>Close</button>
      </form>
    </dialog>
  );
}

interface EntriesProps {
  readonly head: PageHead;
  readonly isSignedIn: boolean;
  readonly onGo: () => void;
  readonly onAbout: () => void;
}

function Entries({ head, isSignedIn, onGo, onAbout }: EntriesProps): ReactNode {
  const { help = "", bug = "", about = [] } = head;
  return (
    <>
      <Entry href={help} icon="help" words="Get help" onGo={onGo} />
      <Entry href={bug} icon="warning" words="Report a bug" onGo={onGo} />
      {about.length === 0 ? null : (
        <button type="button" className={style["entry"]} onClick={onAbout}>
          <Icon name="info" size={16} />
          About
        </button>
      )}
      <Entry
        href={isSignedIn ? "./_strongroom/sign-ins" : ""}
        icon="account"
        words="Your sign-ins"
        onGo={onGo}
      />
    </>
  );
}

interface EntryProps {
  readonly href: string;
  readonly icon: IconName;
  readonly words: string;
  readonly onGo: () => void;
}

function Entry({ href, icon, words, onGo }: EntryProps): ReactNode {
  const address = safeHref(href);
  if (address === undefined) return null;
  const isAway = isForeign(address) && !address.startsWith("mailto:");
  return (
    <a
      className={style["entry"]}
      href={address}
      onClick={onGo}
      {...(isAway ? { target: "_blank", rel: "noopener noreferrer" } : {})}
    >
      <Icon name={icon} size={16} />
      {words}
    </a>
  );
}
