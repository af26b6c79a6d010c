import type { ReactNode } from "react";
import type { Block, ListItem } from "../../wire/rich-text.ts";
import style from "./blocks.module.css";
import { CodeBox } from "./code-box.tsx";
import { Maths } from "./maths.tsx";
import { Rich } from "./rich.tsx";

/** A box that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 } as const;

/** Markdown as elements. */
export function Blocks({ blocks }: { blocks: readonly Block[] }): ReactNode {
  return (
    <div className={style["blocks"]}>
      <Parts blocks={blocks} />
    </div>
  );
}

function Parts({ blocks }: { blocks: readonly Block[] }): ReactNode {
  return blocks.map((block, index) => <Part key={index} block={block} />);
}

function Part({ block }: { block: Block }): ReactNode {
  switch (block.t) {
    case "math":
      return (
        <div className={style["formula"]} {...reachable}>
          <Maths formula={block} />
        </div>
      );
    case "p":
      return (
        <p>
          <Rich text={block.c} />
        </p>
      );
    case "h":
      return <Heading block={block} />;
    case "code":
      return <CodeBox text={block.text} language={block.language} />;
    case "quote":
      return (
        <blockquote dir="auto">
          <Parts blocks={block.c} />
        </blockquote>
      );
    case "list":
      return <List block={block} />;
    case "table":
      return <Table block={block} />;
    case "hr":
      return <hr />;
    default:
      return null; // A block that a newer server knows.
  }
}

function Heading({ block }: { block: Extract<Block, { t: "h" }> }): ReactNode {
  const Level = `h${Math.min(6, Math.max(1, Math.round(block.level)))}` as "h1";
  return (
    <Level id={block.id === "" ? undefined : block.id}>
      <Rich text={block.c} />
    </Level>
  );
}

function List({ block }: { block: Extract<Block, { t: "list" }> }): ReactNode {
  const items = block.items.map((item, index) => <Item key={index} item={item} />);
  if (!block.ordered) return <ul dir="auto">{items}</ul>;
  return (
    <ol dir="auto" start={block.start === 1 ? undefined : block.start}>
      {items}
    </ol>
  );
}

function Item({ item }: { item: ListItem }): ReactNode {
  const [only] = item.c;
  // A list of short lines is tight: its only paragraph is no paragraph.
  const body = item.c.length === 1 && only?.t === "p" ? <Rich text={only.c} /> : <Parts blocks={item.c} />;
  if (item.checked === null) return <li>{body}</li>;
  return (
    <li className={style["task"]}>
      <input
        type="checkbox"
        checked={item.checked}
        disabled
        readOnly
        aria-label={item.checked ? "Done" : "Open"}
      />
      {body}
    </li>
  );
}

function Table({ block }: { block: Extract<Block, { t: "table" }> }): ReactNode {
  const align = (column: number): string | undefined => style[block.align[column] ?? ""];
  return (
    <div className={style["scroll"]} role="group" {...reachable} aria-label="Table">
      <table>
        <thead>
          <tr>
            {block.head.map((cell, column) => (
              <th key={column} scope="col" className={align(column)}>
                <Rich text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column} className={align(column)}>
                  <Rich text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
