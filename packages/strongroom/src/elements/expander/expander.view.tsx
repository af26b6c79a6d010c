import { useEffect, useRef, type ReactNode } from "react";
import { Icon } from "../../browser/controls/icon.tsx";
import { Rich } from "../../browser/controls/rich.tsx";
import { useHydrated } from "../../browser/hydrated.ts";
import { view, type ViewProps } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { useLayout } from "../layout.view.tsx";
import stack from "../stack.module.css";
import style from "./expander.module.css";
import { expanderSpec } from "./expander.schema.ts";

type ExpanderProps = ViewProps<Infer<typeof expanderSpec.props>, boolean>;

export default view(expanderSpec, (input) => <Expander {...input} />);

function Expander(input: ExpanderProps): ReactNode {
  const { props, setDraft, setValue, children } = input;
  const { label, icon, type = "card", tracked } = props;
  const isOpen = useIsOpen(input);
  return (
    <details
      {...useLayout(props, style["expander"])}
      data-type={type}
      open={isOpen}
      onToggle={({ currentTarget: { open } }) => {
        if (open !== isOpen) (tracked === true ? setValue : setDraft)(open);
      }}
    >
      <summary className={style["summary"]}>
        <span className={style["mark"]}>
          <Icon name="chevron-right" size={16} />
        </span>
        {icon === undefined ? null : (
          <span className={style["icon"]} aria-hidden="true">
            <Rich text={icon} />
          </span>
        )}
        <span className={style["label"]}>
          <Rich text={label} />
        </span>
      </summary>
      <div className={`${stack["stack"] ?? ""} ${style["body"] ?? ""}`}>{children}</div>
    </details>
  );
}

function useIsOpen({ props, value, setDraft }: ExpanderProps): boolean {
  const { expanded, tracked } = props;
  const isHydrated = useHydrated();
  const given = useRef(expanded);
  useEffect(() => {
    // The script has changed its mind: what the viewer did before is over.
    if (given.current !== expanded && tracked !== true) setDraft(expanded);
    given.current = expanded;
  }, [expanded, tracked, setDraft]);
  return (isHydrated || tracked === true) && typeof value === "boolean" ? value : expanded;
}
