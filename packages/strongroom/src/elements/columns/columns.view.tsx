import type { ReactNode } from "react";
import { useStyle } from "../../browser/style.tsx";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { gapPx, reachable, useLayout } from "../layout.view.tsx";
import style from "./columns.module.css";
import { columnsSpec } from "./columns.schema.ts";

export default view(columnsSpec, (input) => <Columns {...input} />);

function Columns({ props, children }: ViewProps<Infer<typeof columnsSpec.props>, unknown>): ReactNode {
  const { gap, wrap, align } = props;
  // As a custom property: columns reckon with it.
  const spaced = useStyle({ "--column-gap": gapPx(gap) === undefined ? undefined : `${gapPx(gap) ?? 0}px` });
  const { className, ...layout } = useLayout(props, style["columns"]);
  return (
    <div
      {...layout}
      className={`${className} ${spaced}`}
      data-scroll={wrap ? undefined : ""}
      data-down={align}
      {...(wrap ? {} : reachable)}
    >
      {children}
    </div>
  );
}
