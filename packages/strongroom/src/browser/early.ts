/** The controls whose state the viewer can change before the page answers. */
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Heeds what a viewer does while the page is drawn but does not answer yet: text typed, boxes ticked, buttons pressed.
 * Asked just before the page comes alive, answers how to do it all again, for the page to hear.
 */
export function heedEarly(root: HTMLElement): () => () => void {
  const pressed = new Set<HTMLButtonElement>();
  const onClick = ({ target }: Event): void => {
    const button = target instanceof Element ? target.closest("button") : null;
    // Menus and hints open without our help.
    if (button !== null && !button.disabled && button.popoverTargetElement === null) pressed.add(button);
  };
  const onSubmit = (event: Event): void => event.preventDefault();
  root.addEventListener("click", onClick, true);
  root.addEventListener("submit", onSubmit, true);
  return () => {
    const changes = changesIn(root);
    return () => {
      root.removeEventListener("click", onClick, true);
      root.removeEventListener("submit", onSubmit, true);
      for (const change of changes) change();
      for (const button of pressed) if (button.isConnected) button.click();
    };
  };
}

function changesIn(root: HTMLElement): readonly (() => void)[] {
  const controls = root.querySelectorAll<Control>("input, textarea, select");
  return [...controls].flatMap((control) => {
    if (control instanceof HTMLSelectElement) return changeOfSelect(control);
    const isTicked =
      control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");
    if (isTicked) return control.checked === control.defaultChecked ? [] : [() => tick(control)];
    const { value } = control;
    return value === control.defaultValue ? [] : [() => type(control, value)];
  });
}

function changeOfSelect(select: HTMLSelectElement): readonly (() => void)[] {
  const { value } = select;
  const initial = [...select.options].find(({ defaultSelected }) => defaultSelected) ?? select.options[0];
  return value === initial?.value ? [] : [() => type(select, value)];
}

/** A box that the page has put back is ticked again. */
function tick(control: HTMLInputElement): void {
  if (control.isConnected && control.checked === control.defaultChecked) control.click();
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
