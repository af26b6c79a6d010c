/** Schemes that a link may lead to. */
const schemes = /^(https?|mailto|tel):/i;
const anyScheme = /^[a-z][a-z0-9+.-]*:/i;

/** A link's address, or nothing when following it could run code; the one check that every URL passes. */
export function safeHref(href: string): string | undefined {
  // Browsers drop these characters inside of an address: `java\nscript:` is `javascript:`.
  const address = href.replace(/[\p{Cc} ]+/gu, "");
  if (address === "") return undefined;
  return schemes.test(address) || !anyScheme.test(address) ? address : undefined;
}

/** True when a link leaves the app. */
export function isForeign(href: string): boolean {
  return anyScheme.test(href) || href.startsWith("//") || href.startsWith("\\");
}
