import { useMemo, useRef, type KeyboardEvent, type ReactNode } from "react";
import { ComboBox } from "../../browser/controls/combo-box.tsx";
import { Field, type FieldControl } from "../../browser/controls/field.tsx";
import { Icon } from "../../browser/controls/icon.tsx";
import { plainText } from "../../browser/controls/rich.tsx";
import { useCombo } from "../../browser/controls/use-combo.ts";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { optionIndex, optionKey } from "../options.schema.ts";
import style from "./multiselect.module.css";
import { multiselectSpec } from "./multiselect.schema.ts";

type Props = Infer<typeof multiselectSpec.props>;
type Parts = Pick<ViewProps<Props, readonly string[]>, "props" | "value" | "setValue" | "submit"> & {
  readonly control: FieldControl;
};

export default view(multiselectSpec, ({ props, value, setValue, submit, refusal }) => (
  <Field {...props} error={refusal}>
    {(control) => {
      const isEmpty = props.options.length === 0 && props.open !== true;
      return (
        <Chooser
          {...{ props, value, setValue, submit }}
          control={{ ...control, disabled: control.disabled || isEmpty }}
        />
      );
    }}
  </Field>
));

function Chooser({ props, value, setValue, submit, control }: Parts): ReactNode {
  const { options, filter, maxSelections = Infinity, selectAll, open } = props;
  const chosen = useMemo(() => new Set(value.map((key) => optionIndex(options, key))), [value, options]);
  const chips = useRef<HTMLDivElement>(null);
  const name = plainText(props.label);
  const add = (keys: readonly string[]): void => {
    const next = [...new Set([...value, ...keys])];
    if (next.length <= maxSelections) setValue(next);
  };
  const remove = (key: string): void => setValue(value.filter((other) => other !== key));
  const combo = useCombo({
    texts: options,
    filter,
    chosen,
    multiple: true,
    hasAll: selectAll === true && chosen.size < options.length,
    canAdd: open === true,
    onChoose(index) {
      const key = optionKey(options, index);
      if (value.includes(key)) remove(key);
      else add([key]);
    },
    onAll: (indices) => add(indices.map((index) => optionKey(options, index))),
    onAdd: (text) => add([text]),
    onEmpty: () => undefined,
    onEnter: submit,
  });
  const focusChip = (at: number): void => chipsOf(chips.current).at(at)?.focus();
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.currentTarget.selectionEnd !== 0 || value.length === 0) return;
    if (event.key === "Backspace") setValue(value.slice(0, -1));
    if (event.key === "ArrowLeft") focusChip(-1);
  };
  const full = value.length >= maxSelections ? `No more than ${maxSelections} can be chosen` : undefined;
  return (
    <ComboBox
      combo={combo}
      control={control}
      texts={options}
      chosen={chosen}
      name={name}
      rest=""
      multiple
      full={full}
      placeholder={value.length > 0 ? undefined : placeholderOf(props)}
      onKey={onKey}
      onClear={value.length > 1 ? () => setValue([]) : undefined}
      before={
        value.length > 0 && (
          <div ref={chips} className={style["chips"]} role="list" aria-label={`Chosen for ${name}`}>
            {value.map((key) => (
              <Chip
                key={key}
                text={options[optionIndex(options, key)] ?? key}
                disabled={control.disabled}
                onRemove={() => remove(key)}
                input={combo.input}
              />
            ))}
          </div>
        )
      }
    />
  );
}

function placeholderOf({ placeholder, options, open }: Props): string {
  return (
    placeholder ?? (options.length === 0 ? (open === true ? "Type to add" : "No options") : "Choose options")
  );
}

interface ChipProps {
  readonly text: string;
  readonly disabled: boolean;
  readonly onRemove: () => void;
  readonly input: React.RefObject<HTMLInputElement | null>;
}

/** One choice. Arrow keys go from chip to chip and back into the field; Delete takes the choice back. */
function Chip({ text, disabled, onRemove, input }: ChipProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const chips = chipsOf(event.currentTarget.closest<HTMLElement>("[role=list]"));
    const at = chips.indexOf(event.currentTarget);
    const isLast = at === chips.length - 1;
    if (event.key === "ArrowLeft") chips[Math.max(0, at - 1)]?.focus();
    else if (event.key === "ArrowRight") (isLast ? input.current : chips[at + 1])?.focus();
    else if (event.key === "Delete" || event.key === "Backspace") {
      (chips[isLast ? at - 1 : at + 1] ?? input.current)?.focus();
      onRemove();
    } else return;
    event.preventDefault();
  };
  return (
    <span role="listitem" className={style["chip"]}>
      <span className={style["text"]}>{text}</span>
      {!disabled && (
        <button
          type="button"
          tabIndex={-1}
          className={style["remove"]}
          aria-label={`Remove ${text}`}
          onClick={() => {
            onRemove();
            input.current?.focus();
          }}
          onKeyDown={onKeyDown}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  );
}

function chipsOf(list: HTMLElement | null): HTMLButtonElement[] {
  return [...(list?.querySelectorAll("button") ?? [])];
}
