import { view } from "../../browser/view.ts";
import style from "./write.module.css";
import { writeSpec } from "./write.schema.ts";

export default view(writeSpec, ({ children }) => <div className={style["parts"]}>{children}</div>);
