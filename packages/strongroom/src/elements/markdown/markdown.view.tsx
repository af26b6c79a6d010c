import type { ReactNode } from "react";
import { Blocks } from "../../browser/controls/blocks.tsx";
import { Help } from "../../browser/controls/help.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { useLayout } from "../layout.view.tsx";
import style from "./markdown.module.css";
import { markdownSpec } from "./markdown.schema.ts";

export default view(markdownSpec, ({ props }) => <Markdown props={props} />);

function Markdown({ props }: { props: Infer<typeof markdownSpec.props> }): ReactNode {
  const layout = useLayout(props, style["markdown"]);
  return (
    <div {...layout} data-auto={props.width === undefined ? "" : undefined}>
      <Blocks blocks={props.body} />
      <Help text={props.help} />
    </div>
  );
}
