/** The controls whose state the viewer can change before the page answers. */
export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** All of them, in the order of the document. */
export function earlyControls(): readonly Control[] {
  return [...document.querySelectorAll<Control>("input, textarea, select")];
}

/** What the viewer has made of a control, as text; nothing while it is as the server drew it. */
export function changeOf(control: Control): string | undefined {
  const { value } = control;
  if (isBox(control)) return control.checked === control.defaultChecked ? undefined : String(control.checked);
  if (!(control instanceof HTMLSelectElement)) return value === control.defaultValue ? undefined : value;
  const initial = [...control.options].find(({ defaultSelected }) => defaultSelected) ?? control.options[0];
  return value === initial?.value ? undefined : value;
}

/** Is it ticked, not typed into? */
export function isBox(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");
}
