import type { KeyboardEvent } from "react";
import box from "../../browser/controls/box.module.css";
import { Field } from "../../browser/controls/field.tsx";
import { useStyle } from "../../browser/style.tsx";
import { view } from "../../browser/view.ts";
import style from "./text-area.module.css";
import { textAreaSpec } from "./text-area.schema.ts";

export default view(textAreaSpec, ({ props, value, setDraft, setValue, submit, refusal }) => {
  const { maxChars, placeholder, height, nullable } = props;
  const sized = useStyle({ height: typeof height === "number" ? height : undefined });
  const text = value ?? "";
  const toAnswer = (typed: string): string | null => (typed === "" && nullable === true ? null : typed);
  const isLong = maxChars !== undefined && text.length >= maxChars * 0.8;
  const tooMany = maxChars !== undefined && text.length > maxChars ? text.length - maxChars : 0;
  const error = tooMany > 0 ? `At most ${maxChars} characters, ${tooMany} too many` : refusal;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <Field {...props} error={refusal && error} aside={isLong ? `${text.length} / ${maxChars}` : undefined}>
      {(control) => (
        <textarea
          {...control}
          className={`${box["box"] ?? ""} ${style["area"] ?? ""} ${sized}`}
          data-height={typeof height === "string" ? height : undefined}
          rows={3}
          placeholder={placeholder}
          value={text}
          onChange={(event) => setDraft(toAnswer(event.currentTarget.value))}
          onBlur={(event) => setValue(toAnswer(event.currentTarget.value))}
          onKeyDown={onKeyDown}
        />
      )}
    </Field>
  );
});
