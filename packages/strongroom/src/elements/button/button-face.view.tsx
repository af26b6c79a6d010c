import { useCallback, useId, useRef, type MouseEvent, type PointerEvent, type ReactNode } from "react";
import { usePopover } from "../../browser/controls/popover.ts";
import { plainText, Rich } from "../../browser/controls/rich.tsx";
import { ariaKeys, useKeyNames, useShortcut } from "../../browser/controls/shortcut.ts";
import { useStyle } from "../../browser/style.tsx";
import hint from "../../browser/controls/help.module.css";
import type { Infer } from "../../wire/schema.ts";
import type { buttonSpec } from "./button.schema.ts";
import style from "./button.module.css";

type Props = Infer<typeof buttonSpec.props>;

/** A button as authors declare it, whatever it is for. */
export function ButtonFace({ props, press }: { props: Props; press: () => void }): ReactNode {
  const { type = "secondary", help, disabled = false, shortcut, width, wrap } = props;
  const id = useId();
  const { anchor, floating } = usePopover();
  const sized = useStyle({ width: typeof width === "number" ? width : undefined });
  const act = useCallback(() => {
    if (!disabled) press();
  }, [disabled, press]);
  useShortcut(shortcut, act);
  const steady = useSteadyClick(act);
  const isExplained = help !== undefined && help.length > 0;
  // A sign alone is called what its help says.
  const isNamed = plainText(props.label).trim() !== "";
  return (
    <>
      <button
        type="button"
        className={`${style["button"] ?? ""} ${style[type] ?? ""} ${sized}`}
        data-wrap={wrap === undefined ? undefined : String(wrap)}
        data-stretch={width === "stretch" ? "" : undefined}
        // One that says why it cannot be pressed can still be reached.
        disabled={disabled && !isExplained}
        aria-disabled={disabled && isExplained ? true : undefined}
        aria-labelledby={isExplained && !isNamed ? id : undefined}
        aria-describedby={isExplained && isNamed ? id : undefined}
        aria-keyshortcuts={shortcut === undefined ? undefined : ariaKeys(shortcut)}
        {...steady}
        {...(isExplained ? anchor : {})}
      >
        <Inside props={props} />
      </button>
      {isExplained && (
        <span id={id} className={hint["text"]} popover="auto" role="tooltip" {...floating}>
          <Rich text={help} />
        </span>
      )}
    </>
  );
}

/**
 * A click that begins on a button counts even when the button moves under it: leaving a field may show a line of words
 * above. Letting go somewhere else still takes it back.
 */
function useSteadyClick(act: () => void): {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
} {
  const began = useRef<DOMRect>(undefined);
  return {
    onPointerDown({ currentTarget, pointerId, pointerType, button }) {
      began.current = undefined;
      if (pointerType !== "mouse" || button !== 0) return;
      began.current = currentTarget.getBoundingClientRect();
      currentTarget.setPointerCapture(pointerId);
    },
    onClick({ currentTarget, clientX, clientY, detail }) {
      const places = [began.current, currentTarget.getBoundingClientRect()];
      const isInside = places.some(
        (at) => at && clientX >= at.left && clientX <= at.right && clientY >= at.top && clientY <= at.bottom,
      );
      // Keys and screen readers click without a place.
      if (began.current === undefined || detail === 0 || isInside) act();
      began.current = undefined;
    },
  };
}

function Inside({ props: { label, icon, iconPosition, shortcut } }: { props: Props }): ReactNode {
  const drawn =
    icon === undefined ? null : (
      <span className={style["icon"]} aria-hidden={plainText(label).trim() === "" ? undefined : true}>
        <Rich text={icon} />
      </span>
    );
  return (
    <>
      {iconPosition === undefined && drawn}
      <span className={style["label"]}>
        <Rich text={label} />
      </span>
      {iconPosition === "right" && drawn}
      {shortcut !== undefined && <Keys shortcut={shortcut} />}
    </>
  );
}

function Keys({ shortcut }: { shortcut: string }): ReactNode {
  return (
    <span className={style["keys"]} aria-hidden="true">
      {useKeyNames(shortcut).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
