import { view } from "../../browser/view.ts";
import stack from "../stack.module.css";
import { tabSpec } from "./tabs.schema.ts";

export default view(tabSpec, ({ children }) => <div className={stack["stack"]}>{children}</div>);
