import type { ReactNode } from "react";
import { useHighlight, type Piece } from "../highlight/highlight.ts";
import style from "./code-box.module.css";
import { CopyButton } from "./copy-button.tsx";

/** A box that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 } as const;

export interface CodeBoxProps {
  readonly text: string;
  /** Empty for text without colours. */
  readonly language: string;
  readonly lineNumbers?: boolean | undefined;
  readonly wrapLines?: boolean | undefined;
}

/** Code in a box: plain at first, coloured when the code for its language has come. */
export function CodeBox({ text, language, lineNumbers = false, wrapLines = false }: CodeBoxProps): ReactNode {
  const pieces = useHighlight(text, language);
  return (
    <div className={style["box"]}>
      <pre className={style["pre"]} data-wrap={wrapLines ? "" : undefined} {...reachable}>
        <code className={style["code"]} data-numbers={lineNumbers ? "" : undefined}>
          {lineNumbers ? <Lines pieces={pieces} /> : <Pieces pieces={pieces} />}
        </code>
      </pre>
      <CopyButton text={text} className={style["copy"]} />
    </div>
  );
}

function Pieces({ pieces }: { pieces: readonly Piece[] }): ReactNode {
  return pieces.map(({ text, kind }, index) =>
    kind === "" ? (
      text
    ) : (
      <span key={index} className={style[kind]}>
        {text}
      </span>
    ),
  );
}

/** Each line in an element of its own; the style sheet counts them. */
function Lines({ pieces }: { pieces: readonly Piece[] }): ReactNode {
  return linesOf(pieces).map((line, index) => (
    <span key={index} className={style["line"]}>
      <Pieces pieces={line} />
      {"\n"}
    </span>
  ));
}

/** The pieces of each line. */
function linesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  for (const { text, kind } of pieces) {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push({ text: part, kind });
    }
  }
  return lines;
}
