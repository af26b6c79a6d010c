import type { ReactNode } from "react";
import { Blocks } from "../../browser/controls/blocks.tsx";
import { Help } from "../../browser/controls/help.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { useLayout } from "../layout.view.tsx";
import style from "./caption.module.css";
import { captionSpec } from "./caption.schema.ts";

export default view(captionSpec, ({ props }) => <Caption props={props} />);

function Caption({ props }: { props: Infer<typeof captionSpec.props> }): ReactNode {
  const layout = useLayout(props, style["caption"]);
  return (
    <div {...layout}>
      <Blocks blocks={props.body} />
      <Help text={props.help} />
    </div>
  );
}
