const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const part = /(\d+(?:\.\d+)?)\s*(ms|[smhdw])/y;

/** A span of time in ms: a number of seconds, or text such as `"10m"`, `"1h30m"`, `"500ms"`; nothing where it is neither. */
export function durationMs(span: number | string): number | undefined {
  if (typeof span === "number") return span >= 0 && Number.isFinite(span) ? span * 1_000 : undefined;
  const text = span.trim().toLowerCase();
  if (text === "" || text.length > 60) return undefined;
  let total = 0;
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (match === null) return undefined;
    total += Number(match[1]) * (units[match[2] ?? ""] ?? 0);
    while (text[part.lastIndex] === " ") part.lastIndex++;
  }
  return total;
}
