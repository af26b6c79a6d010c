import type { ReactNode } from "react";
import { Help } from "../../browser/controls/help.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { useLayout } from "../layout.view.tsx";
import style from "./text.module.css";
import { textSpec } from "./text.schema.ts";

export default view(textSpec, ({ props }) => <Text props={props} />);

function Text({ props }: { props: Infer<typeof textSpec.props> }): ReactNode {
  const layout = useLayout({ width: "content", ...props }, style["text"]);
  return (
    <p {...layout}>
      {props.text}
      <Help text={props.help} />
    </p>
  );
}
