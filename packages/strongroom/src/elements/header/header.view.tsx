import { view } from "../../browser/view.ts";
import { Heading } from "../heading.view.tsx";
import style from "./header.module.css";
import { headerSpec } from "./header.schema.ts";

export default view(headerSpec, ({ props }) => (
  <Heading level={2} className={style["header"]} props={props} />
));
