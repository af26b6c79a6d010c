import {
  useEffect,
  useRef,
  useState,
  type ChangeEvent,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import box from "../../browser/controls/box.module.css";
import { Field, type FieldControl } from "../../browser/controls/field.tsx";
import { Icon } from "../../browser/controls/icon.tsx";
import { Rich } from "../../browser/controls/rich.tsx";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import style from "./text-input.module.css";
import { textInputSpec } from "./text-input.schema.ts";

type Props = Infer<typeof textInputSpec.props>;

export default view(textInputSpec, ({ props, value, refusal, ...act }) => {
  const length = value?.length ?? 0;
  return (
    <Field
      {...props}
      error={refusal && (misfit(props, value) ?? refusal)}
      aside={countOf(props.maxChars, length)}
    >
      {(control) => <TextBox {...{ props, value, control }} {...act} />}
    </Field>
  );
});

function fits(props: Props, value: string | null): boolean {
  return textInputSpec.value(props).check(value, "") === undefined;
}

/** Why text does not fit, in words. */
function misfit(props: Props, value: string | null): string | undefined {
  const { type, maxChars = Infinity } = props;
  if (value === null || fits(props, value)) return undefined;
  if (value.length > maxChars) return `At most ${maxChars} characters, ${value.length - maxChars} too many`;
  if (type === "email") return "An address like name@example.com";
  return type === "url" ? "An address that begins with https://" : undefined;
}

/** Only once it matters. */
function countOf(most: number | undefined, length: number): string | undefined {
  return most === undefined || length < most * 0.8 ? undefined : `${length} / ${most}`;
}

interface TextBoxProps extends Pick<
  ViewProps<Props, string | null>,
  "value" | "setDraft" | "setValue" | "submit"
> {
  readonly props: Props;
  readonly control: FieldControl;
}

function TextBox(text: TextBoxProps): ReactNode {
  const { props, value, control } = text;
  const { type = "default", placeholder, autocomplete } = props;
  const [isPlain, setPlain] = useState(false);
  const handlers = useTyping(text);
  const isSecret = type === "password";
  return (
    <div className={style["whole"]}>
      <Sign props={props} />
      <input
        {...control}
        className={`${box["box"] ?? ""} ${style["input"] ?? ""}`}
        {...natures[type]}
        {...(isSecret && isPlain ? { type: "text" } : {})}
        {...(autocomplete === undefined ? {} : { autoComplete: autocomplete })}
        placeholder={placeholder ?? natures[type].placeholder}
        value={value ?? ""}
        {...handlers}
      />
      {isSecret && (
        <button
          type="button"
          className={style["reveal"]}
          aria-label="Show what is typed"
          aria-pressed={isPlain}
          disabled={control.disabled}
          onClick={() => setPlain(!isPlain)}
        >
          <Icon name={isPlain ? "eye-off" : "eye"} />
        </button>
      )}
    </div>
  );
}

interface Typing {
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLInputElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Text is a draft while it is typed, and an answer when the field is left, on Enter, or (live) after a pause. */
function useTyping({ props, setDraft, setValue, submit }: TextBoxProps): Typing {
  const { liveMs, nullable } = props;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const toAnswer = (text: string): string | null => (text === "" && nullable === true ? null : text);
  const settle = (text: string): void => {
    clearTimeout(timer.current);
    setValue(toAnswer(text));
  };
  return {
    onChange({ currentTarget: { value: text } }) {
      setDraft(toAnswer(text));
      clearTimeout(timer.current);
      if (liveMs !== undefined && fits(props, text)) timer.current = setTimeout(() => settle(text), liveMs);
    },
    onBlur: (event) => settle(event.currentTarget.value),
    onKeyDown(event) {
      if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
      event.preventDefault();
      clearTimeout(timer.current);
      submit();
    },
  };
}

/** What the browser is told of each type: the phone's keyboard, what can be filled in. */
const natures = {
  default: { type: "text", autoComplete: "off", placeholder: undefined },
  password: {
    type: "password",
    autoComplete: "new-password",
    autoCapitalize: "off",
    spellCheck: false,
    placeholder: undefined,
  },
  email: {
    type: "email",
    autoComplete: "email",
    autoCapitalize: "off",
    spellCheck: false,
    placeholder: "name@example.com",
  },
  url: {
    type: "url",
    autoComplete: "url",
    autoCapitalize: "off",
    spellCheck: false,
    placeholder: "https://",
  },
  phone: { type: "tel", autoComplete: "tel", placeholder: undefined },
  search: { type: "search", autoComplete: "off", enterKeyHint: "search", placeholder: undefined },
} as const;

function Sign({ props: { icon } }: { props: Props }): ReactNode {
  return icon === undefined ? null : (
    <span className={style["icon"]} aria-hidden="true">
      <Rich text={icon} />
    </span>
  );
}
