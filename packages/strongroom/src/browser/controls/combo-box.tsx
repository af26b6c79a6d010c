import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject } from "react";
import box from "./box.module.css";
import style from "./combo-box.module.css";
import { ComboList } from "./combo-list.tsx";
import { useDrop } from "./drop.ts";
import type { FieldControl } from "./field.tsx";
import { Icon } from "./icon.tsx";
import type { Combo } from "./use-combo.ts";

export interface ComboBoxProps {
  readonly combo: Combo;
  readonly control: FieldControl;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly texts: readonly string[];
  readonly chosen: ReadonlySet<number>;
  /** The label, for the list. */
  readonly name: string;
  /** What the field says while nobody types. */
  readonly rest: string;
  readonly placeholder?: string | undefined;
  /** Options are not found by typing. */
  readonly isFixed?: boolean | undefined;
  /** `false` keeps what was chosen on one line, which scrolls. */
  readonly wrap?: boolean | undefined;
  readonly multiple?: boolean | undefined;
  /** No more may be chosen, in words. */
  readonly full?: string | undefined;
  /** Stands in the box before the field: an icon, what was chosen. */
  readonly before?: ReactNode;
  /** A key that the list did not take. */
  readonly onKey?: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** Shows a button that empties the box. */
  readonly onClear?: (() => void) | undefined;
}

/**
 * A field with a list of options below it that are found by typing (the combobox pattern of the ARIA Authoring Practices:
 * the focus stays in the field, `aria-activedescendant` says where the reader is).
 */
export function ComboBox(props: ComboBoxProps): ReactNode {
  const { combo, control, input, texts, chosen, name, multiple = false, full, before, onClear, wrap } = props;
  const whole = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useDrop(combo.isOpen, whole, list);
  const toggle = (): void => {
    input.current?.focus();
    input.current?.select();
    if (combo.isOpen) combo.close();
    else combo.open();
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.target !== event.currentTarget || control.disabled) return;
    event.preventDefault();
    toggle();
  };
  return (
    <>
      <div
        ref={whole}
        className={`${box["box"] ?? ""} ${style["box"] ?? ""}`}
        data-disabled={control.disabled ? "" : undefined}
        data-multiple={multiple ? "" : undefined}
        data-wrap={wrap === undefined ? undefined : String(wrap)}
        onPointerDown={onPointerDown}
      >
        {before}
        <Input {...props} toggle={toggle} />
        {onClear !== undefined && !control.disabled && <Clear name={name} act={onClear} />}
        <span className={style["chevron"]} data-open={combo.isOpen ? "" : undefined} aria-hidden="true">
          <Icon name="chevron-down" size={16} />
        </span>
      </div>
      <ComboList {...{ combo, texts, chosen, name, multiple, full, list }} />
    </>
  );
}

function Clear({ name, act }: { name: string; act: () => void }): ReactNode {
  return (
    <button
      type="button"
      className={style["button"]}
      tabIndex={-1}
      aria-label={`Clear ${name}`}
      onClick={act}
    >
      <Icon name="close" size={14} />
    </button>
  );
}

function Input({
  combo,
  control,
  input,
  rest,
  placeholder,
  isFixed = false,
  onKey,
  toggle,
}: ComboBoxProps & { toggle: () => void }): ReactNode {
  const isActive = combo.isOpen && combo.active >= 0;
  return (
    <input
      {...control}
      ref={input}
      className={style["input"]}
      type="text"
      role="combobox"
      aria-expanded={combo.isOpen}
      aria-controls={combo.listId}
      aria-activedescendant={isActive ? combo.rowId(combo.active) : undefined}
      aria-autocomplete={isFixed ? "none" : "list"}
      readOnly={isFixed}
      aria-haspopup="listbox"
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      placeholder={placeholder}
      value={combo.typed ?? rest}
      onChange={(event) => combo.type(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={combo.leave}
      onClick={combo.typed === undefined ? toggle : undefined}
      onKeyDown={(event) => {
        if (!combo.onKey(event)) onKey?.(event);
      }}
    />
  );
}
