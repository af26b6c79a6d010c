import type { ReactNode } from "react";
import { Icon, type IconName } from "../controls/icon.tsx";
import type { DeviceProblem } from "./device.ts";
import style from "./recorder.module.css";

/** What a recorder can do now. */
export interface RecorderAction {
  readonly words: string;
  readonly icon: IconName;
  readonly isLive?: boolean;
  readonly act: () => void;
}

interface RecorderProps {
  readonly disabled: boolean;
  readonly words: string;
  readonly problem: DeviceProblem | undefined;
  readonly actions: readonly RecorderAction[];
  readonly children?: ReactNode;
}

/** What is recorded, above what can be done with it. */
export function Recorder({ disabled, words, problem, actions, children }: RecorderProps): ReactNode {
  const reload: RecorderAction = {
    words: "Load the page again",
    icon: "arrow-right",
    act: () => location.reload(),
  };
  const shown = problem?.isReloadNeeded === true ? [reload] : actions;
  return (
    <div className={style["frame"]} data-disabled={disabled ? "" : undefined}>
      {children}
      <span className={style["words"]} role="status">
        {problem?.words ?? words}
      </span>
      {shown.map(({ words: label, icon, isLive, act }) => (
        <button
          key={label}
          type="button"
          className={style["action"]}
          data-live={isLive === true ? "" : undefined}
          disabled={disabled}
          onClick={act}
        >
          <Icon name={icon} size={15} />
          {label}
        </button>
      ))}
    </div>
  );
}
