import { useMemo, useRef, type ReactNode } from "react";
import box from "../../browser/controls/box.module.css";
import { ComboBox } from "../../browser/controls/combo-box.tsx";
import { Field, type FieldControl } from "../../browser/controls/field.tsx";
import { Icon } from "../../browser/controls/icon.tsx";
import { plainText, Rich } from "../../browser/controls/rich.tsx";
import { useCombo, type Combo } from "../../browser/controls/use-combo.ts";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { optionIndex, optionKey } from "../options.schema.ts";
import style from "./selectbox.module.css";
import { selectboxSpec } from "./selectbox.schema.ts";

type Props = Infer<typeof selectboxSpec.props>;
type ListProps = Pick<ViewProps<Props, string | null>, "props" | "value" | "setValue" | "submit"> & {
  readonly control: FieldControl;
};

export default view(selectboxSpec, ({ props, value, setValue, submit, refusal }) => (
  <Field {...props} error={refusal}>
    {(control) => {
      const list: ListProps = {
        props,
        value,
        setValue,
        submit,
        control: { ...control, disabled: control.disabled || isEmpty(props) },
      };
      return props.filter === undefined ? (
        <PlainList {...list} />
      ) : (
        <FoundList {...list} filter={props.filter} />
      );
    }}
  </Field>
));

function isEmpty({ options, open }: Props): boolean {
  return options.length === 0 && open !== true;
}

function placeholderOf({ placeholder, options, open }: Props): string {
  return (
    placeholder ??
    (options.length === 0 ? (open === true ? "Type to add" : "No options") : "Choose an option")
  );
}

/** The list of the browser itself: the phone's wheel, the keyboard's first letters. */
function PlainList({ props, value, setValue, control }: ListProps): ReactNode {
  const { options, icon, nullable } = props;
  const chosen = value === null ? -1 : optionIndex(options, value);
  return (
    <div className={style["plain"]} data-icon={icon === undefined ? undefined : ""}>
      {icon !== undefined && <Sign icon={icon} />}
      <select
        {...control}
        className={`${box["box"] ?? ""} ${style["select"] ?? ""}`}
        value={chosen}
        data-empty={chosen < 0 ? "" : undefined}
        onChange={(event) => {
          const index = Number(event.currentTarget.value);
          setValue(index < 0 ? null : optionKey(options, index));
        }}
      >
        {(nullable === true || chosen < 0) && <option value={-1}>{placeholderOf(props)}</option>}
        {options.map((text, index) => (
          // Options have no other name: several may have one text.
          <option key={index} value={index}>
            {text}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" className={style["chevron"]} />
    </div>
  );
}

type FoundListProps = ListProps & { readonly filter: NonNullable<Props["filter"]> };

function FoundList(list: FoundListProps): ReactNode {
  const { props, value, setValue, control } = list;
  const { options, icon, nullable } = props;
  const index = value === null ? -1 : optionIndex(options, value);
  const chosen = useMemo(() => new Set(index < 0 ? [] : [index]), [index]);
  const rest = index < 0 ? (value ?? "") : (options[index] ?? "");
  const clear = (): void => setValue(null);
  const input = useRef<HTMLInputElement>(null);
  const combo = useOneOf(list, chosen, clear);
  return (
    <ComboBox
      combo={combo}
      control={control}
      input={input}
      texts={options}
      chosen={chosen}
      name={plainText(props.label)}
      rest={rest}
      placeholder={placeholderOf(props)}
      before={icon === undefined ? undefined : <Sign icon={icon} />}
      onClear={nullable === true && value !== null ? clear : undefined}
    />
  );
}

/** A field in which one option at the most is chosen. */
function useOneOf(
  { props, setValue, submit, filter }: FoundListProps,
  chosen: ReadonlySet<number>,
  clear: () => void,
): Combo {
  const { options, nullable, open } = props;
  return useCombo({
    texts: options,
    filter,
    chosen,
    multiple: false,
    hasAll: false,
    canAdd: open === true,
    onChoose: (at) => setValue(optionKey(options, at)),
    onAdd: setValue,
    onAll: () => undefined,
    onEmpty: nullable === true ? clear : () => undefined,
    onEnter: submit,
  });
}

function Sign({ icon }: { icon: NonNullable<Props["icon"]> }): ReactNode {
  return (
    <span className={style["icon"]} aria-hidden="true">
      <Rich text={icon} />
    </span>
  );
}
