import { view } from "../../browser/view.ts";
import { Alert, type AlertKind } from "../alert.view.tsx";
import style from "./error.module.css";
import { errorSpec } from "./error.schema.ts";

const kind: AlertKind = { sign: "error", word: "Error", className: style["error"], isUrgent: true };

export default view(errorSpec, ({ props }) => <Alert kind={kind} props={props} />);
