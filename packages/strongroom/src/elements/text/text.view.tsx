import { Help } from "../../browser/controls/help.tsx";
import { view } from "../../browser/view.ts";
import style from "./text.module.css";
import { textSpec } from "./text.schema.ts";

export default view(textSpec, ({ props }) => (
  <p className={style.text}>
    {props.text}
    <Help text={props.help} />
  </p>
));
