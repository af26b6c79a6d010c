import { printfPattern, type NumberFormat, type NumberPreset } from "../elements/number-format.schema.ts";

/** A number in the viewer's language; without a format, as it is: big ones in groups, no dust of binary fractions. */
export function formatNumber(
  value: number | bigint,
  format: NumberFormat | undefined,
  locale: string,
): string {
  if (format === undefined)
    return written(locale, { useGrouping: "min2", maximumSignificantDigits: 15 }, value);
  const printf = printfPattern.exec(format);
  return printf === null ? byName(value, format as NumberPreset, locale) : byPattern(value, printf, locale);
}

const byPreset: Readonly<
  Record<Exclude<NumberPreset, "accounting" | "percent" | "duration">, Intl.NumberFormatOptions>
> = {
  plain: { useGrouping: false, maximumSignificantDigits: 15 },
  localized: { maximumSignificantDigits: 15 },
  dollar: currency("USD"),
  euro: currency("EUR"),
  yen: currency("JPY"),
  bytes: { style: "unit", unit: "byte", notation: "compact", unitDisplay: "narrow" },
  compact: { notation: "compact", maximumFractionDigits: 1 },
  scientific: { notation: "scientific", maximumFractionDigits: 3 },
  engineering: { notation: "engineering", maximumFractionDigits: 3 },
};

function currency(code: string): Intl.NumberFormatOptions {
  return {
    style: "currency",
    currency: code,
    currencyDisplay: "narrowSymbol",
    trailingZeroDisplay: "stripIfInteger",
  };
}

function byName(value: number | bigint, preset: NumberPreset, locale: string): string {
  if (preset === "accounting") return accounting(value, locale);
  if (preset === "duration") return duration(Number(value), locale);
  if (preset !== "percent") return written(locale, byPreset[preset], value);
  // A small share would read as nothing with one digit.
  const digits = Math.abs(Number(value)) < 0.01 ? 2 : 1;
  return written(locale, { style: "percent", maximumFractionDigits: digits }, value);
}

const steps = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** Seconds in the two largest units that they fill: `1h 2m`. */
function duration(seconds: number, locale: string): string {
  const part = (value: number, unit: string, digits = 0): string =>
    written(locale, { style: "unit", unit, unitDisplay: "narrow", maximumFractionDigits: digits }, value);
  const total = Math.abs(seconds);
  const at = steps.findIndex(([, size]) => total >= size);
  const step = steps[at];
  if (step === undefined) return part(seconds, "second", 1);
  const [unit, size] = step;
  const [smaller, smallerSize] = steps[at + 1] ?? (["second", 1] as const);
  const rest = Math.floor((total % size) / smallerSize);
  const whole = part(Math.sign(seconds) * Math.floor(total / size), unit);
  return rest === 0 ? whole : `${whole} ${part(rest, smaller)}`;
}

/** What is below nothing stands in parentheses. */
function accounting(value: number | bigint, locale: string): string {
  const isBelow = value < 0;
  const text = written(
    locale,
    { minimumFractionDigits: 2, maximumFractionDigits: 2 },
    isBelow ? -value : value,
  );
  return isBelow ? `(${text})` : text;
}

function byPattern(value: number | bigint, parts: RegExpExecArray, locale: string): string {
  const [, before = "", flags = "", width = "", digits, kind = "d", after = ""] = parts;
  const number = printed(
    value,
    { digits: digits === undefined ? undefined : Number(digits), kind, flags },
    locale,
  );
  const signed =
    value >= 0 && flags.includes("+")
      ? `+${number}`
      : value >= 0 && flags.includes(" ")
        ? ` ${number}`
        : number;
  const padded = padTo(signed, Number(width), flags);
  return `${before}${padded}${after}`.replaceAll("%%", "%");
}

interface Printf {
  readonly digits: number | undefined;
  readonly kind: string;
  readonly flags: string;
}

function printed(value: number | bigint, { digits = 6, kind, flags }: Printf, locale: string): string {
  const useGrouping = flags.includes(",");
  switch (kind) {
    case "x":
    case "X": {
      const hex = Math.trunc(Number(value)).toString(16);
      return kind === "X" ? hex.toUpperCase() : hex;
    }
    case "e":
    case "E": {
      const text = Number(value).toExponential(digits);
      return kind === "E" ? text.toUpperCase() : text;
    }
    case "f":
      return written(
        locale,
        { useGrouping, minimumFractionDigits: digits, maximumFractionDigits: digits },
        value,
      );
    case "g":
    case "G":
      return written(
        locale,
        { useGrouping, maximumSignificantDigits: Math.max(1, Math.min(21, digits)) },
        value,
      );
    default:
      return written(locale, { useGrouping, maximumFractionDigits: 0 }, value);
  }
}

function padTo(text: string, width: number, flags: string): string {
  if (text.length >= width) return text;
  if (flags.includes("-")) return text.padEnd(width);
  if (!flags.includes("0")) return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? "";
  return sign + text.slice(sign.length).padStart(width - sign.length, "0");
}

const formatters = new Map<string, Intl.NumberFormat>();

/** Writes a number by the options of `Intl`; formatters are kept, since making one costs more than using it. */
export function written(locale: string, options: Intl.NumberFormatOptions, value: number | bigint): string {
  const name = `${locale} ${JSON.stringify(options)}`;
  let formatter = formatters.get(name);
  if (formatter === undefined) {
    if (formatters.size > 500) formatters.clear();
    formatters.set(name, (formatter = new Intl.NumberFormat(locale, options)));
  }
  return formatter.format(value);
}
