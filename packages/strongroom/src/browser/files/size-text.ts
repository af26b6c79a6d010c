const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A number of bytes as people say it: 1.4 MB. */
export function sizeText(locale: string, bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1_000 ** step;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}
