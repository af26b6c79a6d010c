import { useEffect, useRef, useState, type ReactNode } from "react";
import unseen from "./unseen.module.css";
import style from "./copy-button.module.css";
import { Icon } from "./icon.tsx";

/** How long the tick stands, in ms. */
const doneMs = 1_600;

/** Copies a text, and says that it has. `className` places it. */
export function CopyButton({ text, className }: { text: string; className?: string | undefined }): ReactNode {
  const [isDone, setDone] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (): Promise<void> => {
    if (!(await copied(text))) return;
    setDone(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setDone(false), doneMs);
  };
  return (
    <button
      type="button"
      className={`${style["copy"] ?? ""} ${className ?? ""}`}
      aria-label={isDone ? "Copied" : "Copy"}
      data-done={isDone ? "" : undefined}
      onClick={() => void copy()}
    >
      <Icon name={isDone ? "check" : "copy"} size={15} />
      <span className={unseen["unseen"]} role="status">
        {isDone ? "Copied" : ""}
      </span>
    </button>
  );
}

/** Whether the text is on the clipboard. Pages without TLS have none: there the old way still works. */
async function copied(text: string): Promise<boolean> {
  try {
    // Typed as always there; on a plain http page it is not.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard !== undefined) {
      await clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused by the viewer or by a policy: then as on a page without a clipboard.
  }
  return copiedBySelection(text);
}

function copiedBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.style.position = "fixed";
  area.style.opacity = "0";
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  // The one command that needs no permission; browsers keep it for this very case.
  const isCopied = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return isCopied;
}
