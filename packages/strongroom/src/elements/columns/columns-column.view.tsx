import type { ReactNode } from "react";
import { useStyle } from "../../browser/style.tsx";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import stack from "../stack.module.css";
import style from "./columns.module.css";
import { columnSpec } from "./columns.schema.ts";

export default view(columnSpec, (input) => <Column {...input} />);

function Column({ props, children }: ViewProps<Infer<typeof columnSpec.props>, unknown>): ReactNode {
  const { weight, border } = props;
  const sized = useStyle({ flexGrow: weight === 1 ? undefined : weight });
  return (
    <div
      className={`${stack["stack"] ?? ""} ${style["column"] ?? ""} ${sized}`}
      data-border={border ? "true" : undefined}
    >
      {children}
    </div>
  );
}
