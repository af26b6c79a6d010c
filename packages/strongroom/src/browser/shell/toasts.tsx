import { useEffect, type ReactNode } from "react";
import { Icon } from "../controls/icon.tsx";
import { usePage } from "../page-context.ts";
import { useSignal } from "../signal.ts";
import type { Toast } from "./shell-state.ts";
import { UncaughtNote } from "./uncaught-note.tsx";
import style from "./toasts.module.css";

/** What is only news goes by itself; what needs a decision stays. */
const newsMs = 8_000;

/** What the server tells the viewer. */
export function Toasts(): ReactNode {
  const { shell } = usePage();
  const toasts = useSignal(shell.toasts);
  return (
    <section className={style["toasts"]} aria-label="Messages" aria-live="polite">
      <UncaughtNote />
      {toasts.map((toast) => (
        <Item key={toast.id} toast={toast} onClose={() => shell.dismiss(toast.id)} />
      ))}
    </section>
  );
}

function Item({ toast, onClose }: { toast: Toast; onClose: () => void }): ReactNode {
  const { id, tone, title, text, action } = toast;
  const { shell } = usePage();
  const goes = tone === "info" && action === undefined;
  useEffect(() => {
    if (!goes) return undefined;
    const timer = setTimeout(() => shell.dismiss(id), newsMs);
    return () => clearTimeout(timer);
  }, [goes, id, shell]);
  return (
    <div className={style["toast"]} data-tone={tone}>
      <Icon name={tone === "info" ? "info" : "warning"} size={17} className={style["sign"]} />
      <div className={style["body"]}>
        <strong className={style["title"]}>{title}</strong>
        <p className={style["text"]}>{text}</p>
        {action === undefined ? null : (
          <button type="button" className={style["action"]} onClick={action.act}>
            {action.label}
          </button>
        )}
      </div>
      <button type="button" className={style["close"]} onClick={onClose} aria-label="Close">
        <Icon name="close" size={15} />
      </button>
    </div>
  );
}
