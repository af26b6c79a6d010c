import { useEffect, useState, type ReactNode } from "react";
import { uncaughtId } from "../../elements/exception/exception.schema.ts";
import { Icon } from "../controls/icon.tsx";
import { usePage } from "../page-context.ts";
import { useSignal } from "../signal.ts";
import type { Shown } from "../slots.ts";
import style from "./toasts.module.css";

/** Says that the page ended in an error that stands out of sight, and leads there. */
export function UncaughtNote(): ReactNode {
  const { store, shell } = usePage();
  const { node } = useSignal(store.shown(uncaughtId));
  const [done, setDone] = useState<Shown["node"]>(undefined);
  const isHidden = useOutOfSight(node);
  if (node === undefined || node === done || !isHidden) return null;
  const show = (): void => {
    setDone(node);
    const place = uncaughtPlace();
    place?.scrollIntoView({ block: "center" });
    place?.focus({ preventScroll: true });
  };
  return (
    <div className={style["toast"]} data-tone="bad">
      <Icon name="error" size={17} className={style["sign"]} />
      <div className={style["body"]}>
        <strong className={style["title"]}>This page ended in an error</strong>
        <p className={style["text"]}>
          {shell.isEditing
            ? "What the script would have shown below it is missing."
            : "A part of the page is missing."}
        </p>
        <button type="button" className={style["action"]} onClick={show}>
          Show the error
        </button>
      </div>
      <button type="button" className={style["close"]} onClick={() => setDone(node)} aria-label="Close">
        <Icon name="close" size={15} />
      </button>
    </div>
  );
}

function uncaughtPlace(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-uncaught]");
}

/** True until the error of a page has been in sight: whoever has seen it needs no word. */
function useOutOfSight(node: Shown["node"]): boolean {
  const [unseen, setUnseen] = useState<Shown["node"]>(undefined);
  useEffect(() => {
    const place = uncaughtPlace();
    if (node === undefined || place === null) return undefined;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting !== true) return setUnseen(node);
      setUnseen(undefined);
      observer.disconnect();
    });
    observer.observe(place);
    return () => observer.disconnect();
  }, [node]);
  return node !== undefined && unseen === node;
}
