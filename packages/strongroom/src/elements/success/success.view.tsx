import { view } from "../../browser/view.ts";
import { Alert, type AlertKind } from "../alert.view.tsx";
import style from "./success.module.css";
import { successSpec } from "./success.schema.ts";

const kind: AlertKind = { sign: "success", word: "Success", className: style["success"], isUrgent: false };

export default view(successSpec, ({ props }) => <Alert kind={kind} props={props} />);
