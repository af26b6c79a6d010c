import { view } from "../../browser/view.ts";
import { Alert, type AlertKind } from "../alert.view.tsx";
import style from "./info.module.css";
import { infoSpec } from "./info.schema.ts";

const kind: AlertKind = { sign: "info", word: "Note", className: style["info"], isUrgent: false };

export default view(infoSpec, ({ props }) => <Alert kind={kind} props={props} />);
