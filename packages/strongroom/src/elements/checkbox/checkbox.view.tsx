import { CheckLine } from "../../browser/controls/check-line.tsx";
import { view } from "../../browser/view.ts";
import style from "./checkbox.module.css";
import { checkboxSpec } from "./checkbox.schema.ts";

export default view(checkboxSpec, ({ props, value, setValue, refusal }) => (
  <CheckLine {...props} error={refusal}>
    {(control) => (
      <input
        {...control}
        type="checkbox"
        className={style["box"]}
        checked={value}
        onChange={(event) => setValue(event.currentTarget.checked)}
      />
    )}
  </CheckLine>
));
