import { useEffect, useState, type ReactNode } from "react";
import { Rich } from "../../browser/controls/rich.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { useLayout } from "../layout.view.tsx";
import style from "./spinner.module.css";
import { spinnerSpec } from "./spinner.schema.ts";

export default view(spinnerSpec, ({ props }) => <Spinner props={props} />);

function Spinner({ props }: { props: Infer<typeof spinnerSpec.props> }): ReactNode {
  const layout = useLayout({ width: "content", ...props }, style["spinner"]);
  return (
    <div {...layout} role="status">
      <span className={style["wheel"]} aria-hidden="true" />
      <span className={style["text"]}>
        <Rich text={props.text} />
      </span>
      {props.showTime === true ? <Clock /> : null}
    </div>
  );
}

/** Seconds since it came; not read out, since it never stops. */
function Clock(): ReactNode {
  const [tenths, setTenths] = useState(0);
  useEffect(() => {
    const start = performance.now();
    const timer = setInterval(() => setTenths(Math.floor((performance.now() - start) / 100)), 100);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className={style["clock"]} aria-hidden="true">
      {(tenths / 10).toFixed(1)} s
    </span>
  );
}
