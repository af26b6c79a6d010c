import type { ReactNode } from "react";
import { Blocks } from "../browser/controls/blocks.tsx";
import { Icon, type IconName } from "../browser/controls/icon.tsx";
import { Rich } from "../browser/controls/rich.tsx";
import type { Block, RichText } from "../wire/rich-text.ts";
import unseen from "../browser/controls/unseen.module.css";
import style from "./alert.module.css";
import { useLayout, type Layout } from "./layout.view.tsx";

export interface AlertProps extends Layout {
  readonly body: readonly Block[];
  readonly title?: RichText;
  readonly icon?: RichText;
}

export interface AlertKind {
  readonly sign: IconName;
  /** What the sign and the colour say, for those who see neither. */
  readonly word: string;
  /** Sets `--tone`. */
  readonly className: string | undefined;
  /** Read out at once where it appears. */
  readonly isUrgent: boolean;
}

/** A message in a box of its own. */
export function Alert({ kind, props }: { kind: AlertKind; props: AlertProps }): ReactNode {
  const { body, title, icon } = props;
  const layout = useLayout(props, `${style["alert"] ?? ""} ${kind.className ?? ""}`);
  return (
    <div {...layout} role={kind.isUrgent ? "alert" : "status"}>
      <span className={style["icon"]} aria-hidden={icon === undefined ? undefined : true}>
        {icon === undefined ? <Icon name={kind.sign} size={18} /> : <Rich text={icon} />}
      </span>
      <div className={style["words"]}>
        <span className={unseen["unseen"]}>{kind.word}: </span>
        {title === undefined ? null : (
          <p className={style["title"]}>
            <Rich text={title} />
          </p>
        )}
        {body.length === 0 ? null : <Blocks blocks={body} />}
      </div>
    </div>
  );
}
