import type { ReactNode } from "react";
import { CodeBox } from "../../browser/controls/code-box.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { useLayout } from "../layout.view.tsx";
import style from "./code.module.css";
import { codeSpec } from "./code.schema.ts";

export default view(codeSpec, ({ props }) => <Code props={props} />);

function Code({ props }: { props: Infer<typeof codeSpec.props> }): ReactNode {
  const { text, language, lineNumbers, wrapLines } = props;
  return (
    <div {...useLayout(props, style["code"])}>
      <CodeBox text={text} language={language} lineNumbers={lineNumbers} wrapLines={wrapLines} />
    </div>
  );
}
