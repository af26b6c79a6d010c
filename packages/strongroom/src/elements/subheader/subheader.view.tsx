import { view } from "../../browser/view.ts";
import { Heading } from "../heading.view.tsx";
import style from "./subheader.module.css";
import { subheaderSpec } from "./subheader.schema.ts";

export default view(subheaderSpec, ({ props }) => (
  <Heading level={3} className={style["subheader"]} props={props} />
));
