import { view } from "../../browser/view.ts";
import { ButtonFace } from "./button-face.view.tsx";
import { buttonSpec } from "./button.schema.ts";

export default view(buttonSpec, ({ props, press }) => <ButtonFace props={props} press={press} />);
