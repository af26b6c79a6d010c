import { useMemo, useRef, type KeyboardEvent, type ReactNode, type RefObject } from "react";
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
  const input = useRef<HTMLInputElement>(null);
  const name = plainText(props.label);
  const { add, turn, remove } = choicesOf({ props, value, setValue });
  const combo = useCombo({
    texts: options,
    filter,
    chosen,
    multiple: true,
    hasAll: selectAll === true && chosen.size < options.length,
    canAdd: open === true,
    onChoose: (index) => turn(optionKey(options, index)),
    onAll: (indices) => add(indices.map((index) => optionKey(options, index))),
    onAdd: (text) => add([text]),
    onEmpty: () => undefined,
    onEnter: submit,
  });
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.currentTarget.selectionEnd !== 0 || value.length === 0) return;
    if (event.key === "Backspace") setValue(value.slice(0, -1));
    if (event.key === "ArrowLeft") chipsOf(chips.current).at(-1)?.focus();
  };
  const full = value.length >= maxSelections ? `No more than ${maxSelections} can be chosen` : undefined;
  const placeholder = value.length > 0 ? undefined : placeholderOf(props);
  const onClear = value.length > 1 ? () => setValue([]) : undefined;
  const before = <Chips {...{ options, value, name, remove, chips, input }} disabled={control.disabled} />;
  return (
    <ComboBox
      {...{ combo, control, input, texts: options, chosen, name, full, placeholder, onKey, onClear, before }}
      rest=""
      multiple
      isFixed={filter === undefined}
      wrap={props.wrap}
    />
  );
}

interface Choices {
  readonly add: (keys: readonly string[]) => void;
  readonly turn: (key: string) => void;
  readonly remove: (key: string) => void;
}

function choicesOf({
  props: { maxSelections = Infinity },
  value,
  setValue,
}: Pick<Parts, "props" | "value" | "setValue">): Choices {
  const add = (keys: readonly string[]): void => {
    const next = [...new Set([...value, ...keys])];
    if (next.length <= maxSelections) setValue(next);
  };
  const remove = (key: string): void => setValue(value.filter((other) => other !== key));
  return { add, remove, turn: (key) => (value.includes(key) ? remove(key) : add([key])) };
}

function placeholderOf({ placeholder, options, open }: Props): string {
  return (
    placeholder ?? (options.length === 0 ? (open === true ? "Type to add" : "No options") : "Choose options")
  );
}

interface ChipsProps {
  readonly options: readonly string[];
  readonly value: readonly string[];
  readonly name: string;
  readonly disabled: boolean;
  readonly remove: (key: string) => void;
  readonly chips: RefObject<HTMLDivElement | null>;
  readonly input: RefObject<HTMLInputElement | null>;
}

function Chips({ options, value, name, disabled, remove, chips, input }: ChipsProps): ReactNode {
  if (value.length === 0) return null;
  return (
    <div ref={chips} className={style["chips"]} role="list" aria-label={`Chosen for ${name}`}>
      {value.map((key) => (
        <Chip
          key={key}
          text={options[optionIndex(options, key)] ?? key}
          disabled={disabled}
          onRemove={() => remove(key)}
          input={input}
        />
      ))}
    </div>
  );
}

interface ChipProps {
  readonly text: string;
  readonly disabled: boolean;
  readonly onRemove: () => void;
  readonly input: RefObject<HTMLInputElement | null>;
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
