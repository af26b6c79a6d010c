import { CheckLine } from "../../browser/controls/check-line.tsx";
import { view } from "../../browser/view.ts";
import style from "./toggle.module.css";
import { toggleSpec } from "./toggle.schema.ts";

export default view(toggleSpec, ({ props, value, setValue, refusal }) => (
  <CheckLine {...props} error={refusal}>
    {(control) => (
      <input
        {...control}
        type="checkbox"
        // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- the browser says itself whether it is checked
        role="switch"
        className={style["switch"]}
        checked={value}
        onChange={(event) => setValue(event.currentTarget.checked)}
      />
    )}
  </CheckLine>
));
