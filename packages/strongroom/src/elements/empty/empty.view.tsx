import { view } from "../../browser/view.ts";
import style from "./empty.module.css";
import { emptySpec } from "./empty.schema.ts";

export default view(emptySpec, ({ children }) => <div className={style["slot"]}>{children}</div>);
