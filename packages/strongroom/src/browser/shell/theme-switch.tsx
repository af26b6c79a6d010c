import type { ReactNode } from "react";
import { themes, type Theme } from "../../wire/boot.ts";
import { Icon, type IconName } from "../controls/icon.tsx";
import { usePage } from "../page-context.ts";
import { useSignal } from "../signal.ts";
import style from "./theme-switch.module.css";

interface Choice {
  readonly theme: Theme | undefined;
  readonly icon: IconName;
  readonly label: string;
}

const system: Choice = { theme: undefined, icon: "monitor", label: "As the system" };
const choices: readonly Choice[] = [
  system,
  { theme: "light", icon: "sun", label: "Light" },
  { theme: "dark", icon: "moon", label: "Dark" },
];

/** Colours as the system has them, light or dark. */
export function ThemeSwitch(): ReactNode {
  const { shell } = usePage();
  const theme = useSignal(shell.theme);
  if (!shell.shows.themeSwitch) return null;
  return (
    <div className={style["switch"]} role="group" aria-label="Colours">
      {choices.map(({ theme: own, icon, label }) => (
        <button
          key={label}
          type="button"
          className={style["choice"]}
          aria-pressed={own === theme}
          aria-label={label}
          title={label}
          onClick={() => shell.theme.set(own)}
        >
          <Icon name={icon} size={15} />
        </button>
      ))}
    </div>
  );
}

/** The same where there is no side bar: one button that goes through the choices. */
export function ThemeButton(): ReactNode {
  const { shell } = usePage();
  const theme = useSignal(shell.theme);
  const order: readonly (Theme | undefined)[] = [undefined, ...themes];
  if (!shell.shows.themeSwitch) return null;
  const { icon, label } = choices.find((choice) => choice.theme === theme) ?? system;
  const next = order[(order.indexOf(theme) + 1) % order.length];
  return (
    <button
      type="button"
      className={style["corner"]}
      aria-label={`Colours: ${label}`}
      title={`Colours: ${label}`}
      onClick={() => shell.theme.set(next)}
    >
      <Icon name={icon} size={16} />
    </button>
  );
}
