import { Component, memo, useEffect, useMemo, type ReactNode } from "react";
import { uncaughtId } from "../elements/exception/exception.schema.ts";
import { Icon } from "./controls/icon.tsx";
import style from "./element.module.css";
import { usePage } from "./page-context.ts";
import { useSignal } from "./signal.ts";
import type { Shown } from "./slots.ts";
import type { View, ViewInput } from "./view.ts";

/** One element of the page: drawn again only when it changes itself. */
export const Element: React.NamedExoticComponent<{ id: string }> = memo(function Element({
  id,
}: {
  id: string;
}): ReactNode {
  const { store, code } = usePage();
  const shown = useSignal(store.shown(id));
  const kind = shown.node?.kind;
  if (kind === undefined) return null;
  const view = code.get(kind);
  const isContainer = view?.container === true;
  const body = view === undefined ? <Waiting kind={kind} /> : <Drawn id={id} view={view} shown={shown} />;
  const guarded = <Guard shown={shown}>{body}</Guard>;
  if (isContainer) return guarded;
  const className = shown.isStale ? `${style["element"] ?? ""} ${style["stale"] ?? ""}` : style["element"];
  // What the shell leads to when it is out of sight.
  const uncaught = id === uncaughtId ? { "data-uncaught": "", tabIndex: -1 } : {};
  return (
    <div className={className} {...uncaught}>
      {guarded}
    </div>
  );
});

/** The elements of a container, in order. */
export function useElements(ids: readonly string[]): readonly ReactNode[] {
  return useMemo(() => ids.map((id) => <Element key={id} id={id} />), [ids]);
}

function Drawn({ id, view, shown }: { id: string; view: View; shown: Shown }): ReactNode {
  const { store } = usePage();
  const { setDraft, answer, press, submit } = store.actions(id);
  const { childIds, refusal, value, node } = shown;
  const children = useElements(childIds);
  const input: ViewInput = {
    id,
    props: node?.props ?? null,
    value,
    setDraft,
    answer,
    press,
    submit,
    children,
    childIds,
    refusal,
  };
  return <view.Body {...input} />;
}

/** Stands where the code of a view is on its way: nothing at first, then a shape. */
function Waiting({ kind }: { kind: string }): ReactNode {
  const { code } = usePage();
  useEffect(() => void code.load([kind]), [code, kind]);
  if (!code.knows(kind))
    return <Fault text={`This page is older than the app: it cannot show “${kind}”. Load it again.`} />;
  if (code.hasFailed(kind))
    return <Fault text="This part could not be loaded. Check the connection, then load the page again." />;
  return <div className={style["waiting"]} aria-hidden="true" />;
}

function Fault({ text }: { text: string }): ReactNode {
  return (
    <p className={style["fault"]}>
      <Icon name="warning" size={15} />
      {text}
    </p>
  );
}

interface GuardProps {
  readonly shown: Shown;
  readonly children: ReactNode;
}
interface GuardState {
  readonly failed: Shown["node"] | undefined;
  readonly hasFailed: boolean;
}

/** A view that fails says so in its place; the rest of the page lives, and what is shown next gets a new chance. */
class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = { failed: undefined, hasFailed: false };

  static getDerivedStateFromError(): Partial<GuardState> {
    return { hasFailed: true };
  }

  static getDerivedStateFromProps({ shown }: GuardProps, state: GuardState): GuardState | null {
    if (!state.hasFailed) return null;
    if (state.failed === undefined) return { ...state, failed: shown.node };
    return state.failed === shown.node ? null : { failed: undefined, hasFailed: false };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? (
      <Fault text="This part of the page could not be drawn." />
    ) : (
      this.props.children
    );
  }
}
