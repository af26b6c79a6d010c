import { view } from "../../browser/view.ts";
import { ButtonFace } from "../button/button-face.view.tsx";
import style from "./form-submit-button.module.css";
import { formSubmitButtonSpec } from "./form-submit-button.schema.ts";

export default view(formSubmitButtonSpec, ({ props, press }) => (
  <div className={style["submit"]} data-submit="">
    <ButtonFace props={props} press={press} />
  </div>
));
