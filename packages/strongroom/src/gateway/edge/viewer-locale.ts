const fallback = "en";
const tag = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i;

/** The first language of an `Accept-Language` header that is a tag which this runtime knows, else English. */
export function viewerLocale(header: string | undefined): string {
  if (header === undefined || header.length > 1_000) return fallback;
  for (const part of header.split(",", 10)) {
    const candidate = part.split(";", 1)[0]?.trim() ?? "";
    if (tag.test(candidate) && Intl.DateTimeFormat.supportedLocalesOf(candidate).length > 0) return candidate;
  }
  return fallback;
}
