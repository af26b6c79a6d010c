import { useEffect, useState, type ReactNode } from "react";
import { usePage } from "../page-context.ts";
import { useSignal } from "../signal.ts";
import type { Signal } from "../signal.ts";
import style from "./status.module.css";

const lineMs = 200;
const dimMs = 400;
/** Runs that take longer are worth words, and a way out. */
const wordsMs = 2_500;
const lostMs = 1_500;

/** True once a signal has been true for a while; false at once. */
function useLasting(signal: Signal<boolean>, ms: number, wanted = true): boolean {
  const isOn = useSignal(signal) === wanted;
  const [hasLasted, setLasted] = useState(false);
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setTimeout(() => setLasted(true), ms);
    return () => {
      clearTimeout(timer);
      setLasted(false);
    };
  }, [isOn, ms]);
  return isOn && hasLasted;
}

/** A line at the top while the app runs, and words when it takes long. */
export function RunLine(): ReactNode {
  const { store, shell } = usePage();
  const isShown = useLasting(store.isRunning, lineMs);
  const isLong = useLasting(store.isRunning, dimMs);
  const isVeryLong = useLasting(store.isRunning, wordsMs);
  const isConnected = useSignal(shell.isConnected);
  useEffect(() => store.dim(isLong), [store, isLong]);
  return (
    <>
      <div className={style["line"]} data-on={isShown ? "" : undefined} aria-hidden="true" />
      <div className={style["words"]} role="status">
        {isVeryLong && isConnected ? (
          <>
            Running
            <button type="button" className={style["stop"]} onClick={() => shell.stop()}>
              Stop
            </button>
          </>
        ) : null}
      </div>
    </>
  );
}

/** Says calmly that the server cannot be reached; what is typed meanwhile is kept. */
export function ConnectionChip(): ReactNode {
  const { shell } = usePage();
  const isLost = useLasting(shell.isConnected, lostMs, false);
  return (
    <div className={style["chip"]} role="status" data-on={isLost ? "" : undefined}>
      {isLost ? "Reconnecting. What you enter is kept." : null}
    </div>
  );
}
