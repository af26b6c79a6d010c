/** The few places where the document is text; all else is drawn by React. */

export function htmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function htmlAttribute(text: string): string {
  return htmlText(text).replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

/** JSON that no script element can end early: `</script>` and `<!--` both begin with `<`. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}
