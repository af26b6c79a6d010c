import { useId } from "react";
import { Field } from "../../browser/controls/field.tsx";
import { Rich } from "../../browser/controls/rich.tsx";
import { view } from "../../browser/view.ts";
import { optionKeys } from "../options.schema.ts";
import style from "./radio.module.css";
import { radioSpec } from "./radio.schema.ts";

export default view(radioSpec, ({ props, value, setValue, refusal }) => {
  const { options, drawn, captions, horizontal } = props;
  const name = useId();
  return (
    <Field {...props} error={refusal} group>
      {({ disabled, id, ...described }) => (
        <div
          {...described}
          id={id}
          role="radiogroup"
          className={style["group"]}
          data-horizontal={horizontal ? "" : undefined}
        >
          {optionKeys(options).map((key, index) => (
            <label key={key} className={style["option"]}>
              <input
                type="radio"
                className={style["dot"]}
                name={name}
                checked={key === value}
                disabled={disabled}
                onChange={() => setValue(key)}
              />
              <span className={style["words"]}>
                <Rich text={drawn?.[index] ?? options[index]} />
                {captions?.[index] !== undefined && (
                  <span className={style["caption"]}>
                    <Rich text={captions[index]} />
                  </span>
                )}
              </span>
            </label>
          ))}
          {options.length === 0 && <p className={style["none"]}>No options</p>}
        </div>
      )}
    </Field>
  );
});
