import type { ReactNode } from "react";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { useLayout } from "../layout.view.tsx";
import style from "./divider.module.css";
import { dividerSpec } from "./divider.schema.ts";

export default view(dividerSpec, ({ props }) => <Divider props={props} />);

function Divider({ props }: { props: Infer<typeof dividerSpec.props> }): ReactNode {
  return <hr {...useLayout(props, style["divider"])} />;
}
