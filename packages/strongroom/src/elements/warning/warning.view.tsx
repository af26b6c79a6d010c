import { view } from "../../browser/view.ts";
import { Alert, type AlertKind } from "../alert.view.tsx";
import style from "./warning.module.css";
import { warningSpec } from "./warning.schema.ts";

const kind: AlertKind = { sign: "warning", word: "Warning", className: style["warning"], isUrgent: true };

export default view(warningSpec, ({ props }) => <Alert kind={kind} props={props} />);
