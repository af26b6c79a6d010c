const icons: Readonly<Record<string, string>> = {};

/** The drawing of a `:material/name:`. */
export function iconNamed(name: string): string | undefined {
  return Object.hasOwn(icons, name) ? icons[name] : undefined;
}
