import { useState, type ReactNode } from "react";
import { Icon } from "../controls/icon.tsx";
import { usePage } from "../page-context.ts";
import { useSignal } from "../signal.ts";
import style from "./problem-panel.module.css";
import { problemsIn, type Problem } from "./problem-text.ts";

/** For authors: why what they saved does not compile. It goes by itself once it does. */
export function ProblemPanel(): ReactNode {
  const { shell, store } = usePage();
  const text = useSignal(shell.problem);
  const hasPage = useSignal(store.shown("main")).node !== undefined;
  const [closed, setClosed] = useState<string | null>(null);
  if (text === null || text === closed) return null;
  return (
    <section className={style["panel"]} role="alert" aria-label="The app does not compile">
      <header className={style["head"]}>
        <Icon name="error" size={17} className={style["sign"]} />
        <strong className={style["title"]}>This save does not compile</strong>
        <button type="button" className={style["close"]} onClick={() => setClosed(text)} aria-label="Close">
          <Icon name="close" size={15} />
        </button>
      </header>
      {problemsIn(text).map((problem, at) => (
        <One key={at} problem={problem} />
      ))}
      <p className={style["foot"]}>
        {`${hasPage ? "The page behind is the last one that worked. " : ""}Save again and this closes by itself.`}
      </p>
    </section>
  );
}

function One({ problem }: { problem: Problem }): ReactNode {
  const { message, place, line, code, column } = problem;
  const mark = column < 0 ? code.length : column;
  return (
    <div className={style["one"]}>
      <p className={style["message"]}>{message}</p>
      {place === "" ? null : <p className={style["place"]}>{place}</p>}
      {code === "" ? null : (
        <pre className={style["code"]}>
          <span className={style["line"]}>{line}</span>
          {code.slice(0, mark)}
          <mark className={style["spot"]}>{code.slice(mark, mark + 1) || " "}</mark>
          {code.slice(mark + 1)}
        </pre>
      )}
    </div>
  );
}
