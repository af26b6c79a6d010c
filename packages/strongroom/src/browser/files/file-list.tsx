import type { ReactNode } from "react";
import { Icon } from "../controls/icon.tsx";
import { useLocale } from "../locale.tsx";
import style from "./file-list.module.css";
import { sizeText } from "./size-text.ts";
import type { Files, OnItsWay } from "./use-files.ts";

interface FileListProps {
  readonly files: Files;
  readonly value: readonly string[];
  /** What the server knows of them. */
  readonly told: readonly { readonly id: string; readonly name: string; readonly size: number }[];
  readonly disabled: boolean;
  /** Id of what gets the focus once the button that had it is gone. */
  readonly home?: string;
}

/** The files that are here, those on their way, and those that did not come. */
export function FileList({ files, value, told, disabled, home }: FileListProps): ReactNode {
  const { onTheirWay, known, cancel, remove } = files;
  const goHome = (): void => (home === undefined ? undefined : document.getElementById(home)?.focus());
  const locale = useLocale();
  if (value.length + onTheirWay.length === 0) return null;
  return (
    <ul className={style["list"]}>
      {value.map((id) => {
        const { name, size } = told.find((one) => one.id === id) ??
          known.get(id) ?? { name: "A file", size: undefined };
        return (
          <li key={id} className={style["file"]}>
            <Icon name="check" size={15} className={style["done"]} />
            <span className={style["name"]}>{name}</span>
            <span className={style["size"]}>{size === undefined ? "" : sizeText(locale, size)}</span>
            <Away
              label={`Remove ${name}`}
              disabled={disabled}
              act={() => {
                remove(id);
                goHome();
              }}
            />
          </li>
        );
      })}
      {onTheirWay.map((one) => (
        <Coming
          key={one.key}
          one={one}
          cancel={() => {
            cancel(one.key);
            goHome();
          }}
        />
      ))}
    </ul>
  );
}

function Coming({
  one: { name, size, part, error },
  cancel,
}: {
  one: OnItsWay;
  cancel: () => void;
}): ReactNode {
  const locale = useLocale();
  if (error !== undefined)
    return (
      <li className={style["file"]} data-failed="">
        <Icon name="error" size={15} />
        <span className={style["name"]} role="alert">
          {name}: {error}
        </span>
        <Away label={`Dismiss ${name}`} disabled={false} act={cancel} />
      </li>
    );
  return (
    <li className={style["file"]}>
      <Icon name="upload" size={15} />
      <span className={style["name"]}>{name}</span>
      <span className={style["size"]}>{sizeText(locale, size)}</span>
      <Away label={`Cancel ${name}`} disabled={false} act={cancel} />
      <progress className={style["bar"]} max={1} value={part} aria-label={`Sending ${name}`} />
    </li>
  );
}

function Away({ label, disabled, act }: { label: string; disabled: boolean; act: () => void }): ReactNode {
  return (
    <button type="button" className={style["away"]} aria-label={label} disabled={disabled} onClick={act}>
      <Icon name="close" size={14} />
    </button>
  );
}
