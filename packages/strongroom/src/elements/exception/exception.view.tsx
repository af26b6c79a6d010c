import type { ReactNode } from "react";
import { CopyButton } from "../../browser/controls/copy-button.tsx";
import { Icon } from "../../browser/controls/icon.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { reachable, useLayout } from "../layout.view.tsx";
import style from "./exception.module.css";
import { exceptionSpec } from "./exception.schema.ts";

type Props = Infer<typeof exceptionSpec.props>;
type Frame = Props["frames"][number];

export default view(exceptionSpec, ({ props }) =>
  props.name === "" ? <ForViewers props={props} /> : <ForAuthors props={props} />,
);

/** One sentence, and an id to tell. */
function ForViewers({ props: { incident, width } }: { props: Props }): ReactNode {
  return (
    <div {...useLayout({ width }, style["box"])} role="alert">
      <Icon name="error" size={18} className={style["sign"]} />
      <div className={style["words"]}>
        <p className={style["sentence"]}>Something went wrong in this part of the page.</p>
        <p className={style["hint"]}>
          Try again in a moment. If it stays, tell whoever runs this app the id <code>{incident}</code>.
        </p>
      </div>
    </div>
  );
}

/** What was thrown, where, and the lines round it. */
function ForAuthors({ props }: { props: Props }): ReactNode {
  const { name, message, frames, source, firstLine, incident, width } = props;
  const [place, ...callers] = frames;
  return (
    <section {...useLayout({ width }, style["box"])} role="alert">
      <Icon name="error" size={18} className={style["sign"]} />
      <div className={style["words"]}>
        <p className={style["message"]}>
          <strong>{name}</strong> {message}
        </p>
        {place === undefined ? null : <Excerpt place={place} source={source} firstLine={firstLine} />}
        {callers.length === 0 ? null : <Callers frames={callers} />}
        <p className={style["hint"]}>
          In the log as <code>{incident}</code>
        </p>
      </div>
      <CopyButton text={asText(props)} className={style["copy"]} />
    </section>
  );
}

interface ExcerptProps {
  readonly place: Frame;
  readonly source: readonly string[];
  readonly firstLine: number;
}

function Excerpt({ place, source, firstLine }: ExcerptProps): ReactNode {
  return (
    <figure className={style["excerpt"]}>
      <figcaption className={style["place"]}>{placeOf(place)}</figcaption>
      {source.length === 0 ? null : (
        <pre className={style["source"]} {...reachable}>
          <code>
            {source.map((text, index) => (
              <Line key={index} number={firstLine + index} text={text} place={place} />
            ))}
          </code>
        </pre>
      )}
    </figure>
  );
}

function Line({ number, text, place }: { number: number; text: string; place: Frame }): ReactNode {
  const isPlace = number === place.line;
  return (
    <span className={style["line"]} data-number={number} data-here={isPlace ? "" : undefined}>
      {isPlace ? <Spot text={text} column={place.column} /> : text}
      {"\n"}
    </span>
  );
}

/** The line with the word marked at which it happened. */
function Spot({ text, column }: { text: string; column: number }): ReactNode {
  const start = Math.max(0, column - 1);
  const word = /^[\w$]+|^\S/.exec(text.slice(start))?.[0];
  if (word === undefined) return text;
  return (
    <>
      {text.slice(0, start)}
      <mark className={style["spot"]}>{word}</mark>
      {text.slice(start + word.length)}
    </>
  );
}

function Callers({ frames }: { frames: readonly Frame[] }): ReactNode {
  return (
    <details className={style["callers"]}>
      <summary>
        <Icon name="chevron-right" size={14} className={style["mark"]} />
        Called from {frames.length === 1 ? "one place" : `${frames.length} places`}
      </summary>
      <ol>
        {frames.map((frame, index) => (
          <li key={index}>
            {placeOf(frame)}
            {frame.name === "" ? null : <span className={style["name"]}> in {frame.name}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}

function placeOf({ file, line, column }: Frame): string {
  return `${file}:${line}:${column}`;
}

function asText({ name, message, frames }: Props): string {
  const places = frames.map(
    (frame) => `    at ${frame.name === "" ? "" : `${frame.name} `}${placeOf(frame)}`,
  );
  return [`${name}: ${message}`, ...places].join("\n");
}
