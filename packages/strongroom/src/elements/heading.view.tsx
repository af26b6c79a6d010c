import type { ReactNode } from "react";
import { Help } from "../browser/controls/help.tsx";
import { Icon } from "../browser/controls/icon.tsx";
import { Rich } from "../browser/controls/rich.tsx";
import type { RichText } from "../wire/rich-text.ts";
import { useLayout, type Layout } from "./layout.view.tsx";
import style from "./heading.module.css";

export interface HeadingProps extends Layout {
  readonly text: RichText;
  readonly id: string;
  readonly link: boolean;
  readonly icon?: RichText;
  readonly help?: RichText;
  readonly divider?: string | true;
}

/** A heading with what may stand beside and below it; `className` is its type. */
export function Heading({
  level,
  className,
  props,
}: {
  level: 1 | 2 | 3;
  className: string | undefined;
  props: HeadingProps;
}): ReactNode {
  const { text, id, link, icon, help, divider } = props;
  const layout = useLayout(props, style["heading"]);
  const Level = `h${level}` as const;
  return (
    <div {...layout} data-heading={level} data-divided={divider === undefined ? undefined : ""}>
      <div className={style["line"]}>
        {icon === undefined ? null : (
          <span className={style["icon"]} aria-hidden="true">
            <Rich text={icon} />
          </span>
        )}
        <Level id={id} className={className}>
          <Rich text={text} />
        </Level>
        <Help text={help} />
        {link ? (
          <a className={style["link"]} href={`#${id}`} aria-label="Link to this heading">
            <Icon name="link" size={15} />
          </a>
        ) : null}
      </div>
      {divider === undefined ? null : (
        <div className={`${style["divider"] ?? ""} ${divider === true ? "" : (style[divider] ?? "")}`} />
      )}
    </div>
  );
}
