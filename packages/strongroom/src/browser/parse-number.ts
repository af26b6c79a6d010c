/**
 * Reads a number as people write it: in the viewer's language, or with a plain point; in groups or not. Nothing where it
 * is not one.
 */
export function parseNumber(text: string, locale: string): number | undefined {
  const { group, decimal } = separators(locale);
  const signed = text
    .trim()
    .replace(/^[−–]/u, "-")
    .replace(/[\s\u00a0\u202f'’_]/gu, "");
  const isGrouped = new RegExp(`^[-+]?\\d{1,3}([${group}]\\d{3})+([${decimal}]\\d*)?$`).test(signed);
  const digits = (isGrouped ? signed.replaceAll(group, "") : signed).replace(decimal, ".").replace(",", ".");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?$/i.test(digits)) return undefined;
  const number = Number(digits);
  return Number.isFinite(number) ? number : undefined;
}

/** A space between groups is left out before, so that only a point or a comma can be one. */
function separators(locale: string): { readonly group: "." | "," | "\0"; readonly decimal: "." | "," } {
  const parts = new Intl.NumberFormat(locale).formatToParts(-1_234_567.8);
  const of = (type: string): string | undefined => parts.find((part) => part.type === type)?.value;
  const group = of("group");
  return { group: group === "." || group === "," ? group : "\0", decimal: of("decimal") === "," ? "," : "." };
}

/** A sum without the dust of binary fractions: as many digits behind the point as its parts have. */
export function sum(a: number, b: number): number {
  return Number((a + b).toFixed(Math.min(100, Math.max(fractionDigits(a), fractionDigits(b)))));
}

function fractionDigits(value: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent));
}
