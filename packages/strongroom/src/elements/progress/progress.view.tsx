import { useId, type ReactNode } from "react";
import { Rich } from "../../browser/controls/rich.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { useLayout } from "../layout.view.tsx";
import style from "./progress.module.css";
import { progressSpec } from "./progress.schema.ts";

export default view(progressSpec, ({ props }) => <Progress props={props} />);

function Progress({ props }: { props: Infer<typeof progressSpec.props> }): ReactNode {
  const { value, text } = props;
  const id = useId();
  const name = text === undefined ? { "aria-label": "Progress" } : { "aria-labelledby": id };
  return (
    <div {...useLayout(props)}>
      {text === undefined ? null : (
        <p id={id} className={style["text"]}>
          <Rich text={text} />
        </p>
      )}
      <progress className={style["bar"]} value={value} max={1} {...name} />
    </div>
  );
}
