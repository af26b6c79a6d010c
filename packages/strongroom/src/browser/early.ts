import { changeOf, earlyControls, isBox, type Control } from "./early-controls.ts";

/**
 * Takes over from the first script what the viewer did while the page was drawn but did not answer yet: text typed, boxes
 * ticked, buttons pressed. Asked just before the page comes alive, answers how to do it all again, for the page to hear.
 */
export function settleEarly(): () => void {
  const changes = earlyControls().flatMap((control) => {
    const change = changeOf(control);
    return change === undefined ? [] : [() => redo(control, change)];
  });
  return () => {
    const pressed = window.strongroomEarly?.end() ?? [];
    for (const change of changes) change();
    for (const button of pressed) if (button.isConnected) button.click();
  };
}

function redo(control: Control, change: string): void {
  if (isBox(control)) tick(control, change === "true");
  else if (control.type === "file") control.dispatchEvent(new Event("change", { bubbles: true }));
  else type(control, change);
}

/** Ticks it as a press does: it stands as the viewer left it, or as the page has put it back, and the page has heard nothing. */
function tick(control: HTMLInputElement, isTicked: boolean): void {
  // One of several: the one that is ticked unticks it.
  if (!control.isConnected || control.disabled || (control.type === "radio" && !isTicked)) return;
  control.checked = !isTicked;
  control.click();
}

/** Sets a value as typing does: below what the page knows of the control, then says so. */
function type(control: Control, value: string): void {
  if (!control.isConnected || control.disabled) return;
  control.value = control instanceof HTMLSelectElement ? "" : control.defaultValue;
  Reflect.set(Object.getPrototypeOf(control) as object, "value", value, control);
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
  // Who has left the field has answered.
  if (control !== document.activeElement)
    control.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
}
