import type { ReactNode } from "react";
import { useStyle } from "../../browser/style.tsx";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { gapPx, reachable, useLayout } from "../layout.view.tsx";
import stack from "../stack.module.css";
import { useAutoscroll } from "./container-autoscroll.view.tsx";
import style from "./container.module.css";
import { containerSpec } from "./container.schema.ts";

type Props = Infer<typeof containerSpec.props>;

export default view(containerSpec, (input) => <Container {...input} />);

function Container({ props, children }: ViewProps<Props, unknown>): ReactNode {
  const { border, horizontal, wrap, gap, align, verticalAlign, height, autoscroll } = props;
  const box = useAutoscroll(autoscroll === true);
  const spaced = useStyle({ gap: gapPx(gap) });
  const { className, ...layout } = useLayout(props, `${stack["stack"] ?? ""} ${style["container"] ?? ""}`);
  const scrolls = typeof height === "number" || wrap === false;
  return (
    <div
      ref={box}
      {...layout}
      className={`${className} ${spaced}`}
      data-border={border ? "true" : undefined}
      data-row={horizontal === true ? (wrap === false ? "line" : "wrap") : undefined}
      data-across={align}
      data-down={verticalAlign}
      {...(scrolls ? reachable : {})}
    >
      {children}
    </div>
  );
}
