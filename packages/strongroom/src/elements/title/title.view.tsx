import { view } from "../../browser/view.ts";
import { Heading } from "../heading.view.tsx";
import style from "./title.module.css";
import { titleSpec } from "./title.schema.ts";

export default view(titleSpec, ({ props }) => <Heading level={1} className={style["title"]} props={props} />);
