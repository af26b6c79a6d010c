import { useId, type ReactNode } from "react";
import type { RichText } from "../../wire/rich-text.ts";
import style from "./help.module.css";
import { Icon } from "./icon.tsx";
import { Rich } from "./rich.tsx";
import { usePopover } from "./popover.ts";

/** A question mark that shows a text on hover, focus and tap; nothing where there is no text. */
export function Help({
  text,
  id,
}: {
  text: RichText | undefined;
  /** Of the text, for `aria-describedby`. */ id?: string | undefined;
}): ReactNode {
  return text === undefined || text.length === 0 ? null : <Mark text={text} id={id} />;
}

function Mark({ text, id }: { text: RichText; id: string | undefined }): ReactNode {
  const own = useId();
  const textId = id ?? own;
  const { anchor, floating } = usePopover();
  return (
    <span className={style["help"]}>
      <button
        type="button"
        className={style["mark"]}
        aria-label="Help"
        aria-describedby={textId}
        popoverTarget={textId}
        {...anchor}
      >
        <Icon name="help" size={15} />
      </button>
      <span id={textId} className={style["text"]} popover="auto" role="tooltip" {...floating}>
        <Rich text={text} />
      </span>
    </span>
  );
}
