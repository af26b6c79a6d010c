import { useState, type ReactNode } from "react";
import { Icon } from "../../browser/controls/icon.tsx";
import type { Json } from "../../wire/schema.ts";
import style from "./json.module.css";

/** Parts of one list or object that are drawn before the viewer asks for more. */
const firstParts = 25;
const moreParts = 1_000;

type BranchValue = readonly Json[] | { readonly [key: string]: Json };

export function isBranch(value: Json): value is BranchValue {
  return typeof value === "object" && value !== null;
}

interface BranchProps {
  readonly name?: string | number;
  readonly value: BranchValue;
  readonly depth: number;
  /** How many levels are open at first. */
  readonly levels: number;
}

/** A list or an object: its parts are drawn while it is open. */
export function Branch({ name, value, depth, levels }: BranchProps): ReactNode {
  const [isOpen, setOpen] = useState(depth < levels);
  const keys = Object.keys(value);
  const isList = Array.isArray(value);
  if (keys.length === 0) {
    return (
      <div className={style["part"]}>
        <Name name={name} />
        <span className={style["sign"]}>{isList ? "[ ]" : "{ }"}</span>
      </div>
    );
  }
  return (
    <details
      className={style["branch"]}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className={style["head"]}>
        <span className={style["mark"]}>
          <Icon name="chevron-right" size={13} />
        </span>
        <Name name={name} />
        <span className={style["sign"]}>{isList ? "[" : "{"}</span>
        <span className={style["count"]}>{countOf(keys.length, isList)}</span>
        <span className={style["sign"]}>{isList ? "]" : "}"}</span>
      </summary>
      {isOpen ? <Parts value={value} keys={keys} depth={depth + 1} levels={levels} /> : null}
    </details>
  );
}

function countOf(count: number, isList: boolean): string {
  if (isList) return count === 1 ? "1 item" : `${count} items`;
  return count === 1 ? "1 key" : `${count} keys`;
}

interface PartsProps extends BranchProps {
  readonly keys: readonly string[];
}

function Parts({ value, keys, depth, levels }: PartsProps): ReactNode {
  const [shown, setShown] = useState(firstParts);
  const isList = Array.isArray(value);
  const left = keys.length - shown;
  return (
    <div className={style["parts"]}>
      {keys.slice(0, shown).map((key) => {
        const name = isList ? Number(key) : key;
        const item = (value as { readonly [key: string]: Json })[key] ?? null;
        return isBranch(item) ? (
          <Branch key={key} name={name} value={item} depth={depth} levels={levels} />
        ) : (
          <div key={key} className={style["part"]}>
            <Name name={name} />
            <Leaf value={item} />
          </div>
        );
      })}
      {left > 0 ? (
        <button type="button" className={style["more"]} onClick={() => setShown(shown + moreParts)}>
          Show {left > moreParts ? `${moreParts} more of ${left}` : `${left} more`}
        </button>
      ) : null}
    </div>
  );
}

function Name({ name }: { name: string | number | undefined }): ReactNode {
  if (name === undefined) return null;
  return (
    <>
      <span className={typeof name === "number" ? style["index"] : style["key"]}>{name}</span>
      <span className={style["sign"]}>: </span>
    </>
  );
}

/** A value that holds no others. */
export function Leaf({ value }: { value: Json }): ReactNode {
  if (typeof value === "string") return <span className={style["string"]}>{JSON.stringify(value)}</span>;
  return (
    <span className={typeof value === "number" ? style["number"] : style["word"]}>
      {JSON.stringify(value)}
    </span>
  );
}
