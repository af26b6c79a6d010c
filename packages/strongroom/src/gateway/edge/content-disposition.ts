/**
 * Media types that a browser shows by itself without running anything. All else is handed out as a download, and
 * never as a script: the page's policy lets scripts come from this origin.
 */
const shown =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon|svg\+xml)|(?:audio|video)\/[a-z0-9.+-]+|text\/plain; charset=utf-8|application\/(?:json|octet-stream|vnd\.apache\.arrow\.(?:stream|file)))$/;
const passive =
  /^(?:text\/(?:plain|csv|tab-separated-values|markdown|calendar)(?:; charset=utf-8)?|application\/(?:pdf|zip|gzip|x-tar|geo\+json|yaml|toml|msword|vnd\.[a-z0-9.+-]+|x-parquet|x-ndjson)|font\/[a-z0-9.+-]+|model\/[a-z0-9.+-]+)$/;

/** How bytes of an app are served: their type, and whether the browser may show them. */
export function dispositionOf(
  mime: string,
  fileName: string | undefined,
): { type: string; disposition: string } {
  const isShown = shown.test(mime);
  const type = isShown || passive.test(mime) ? mime : "application/octet-stream";
  if (fileName !== undefined)
    return { type: withCharset(type), disposition: `attachment; ${fileNameParameters(fileName)}` };
  return { type: withCharset(type), disposition: isShown ? "inline" : "attachment" };
}

function withCharset(type: string): string {
  return type.startsWith("text/") && !type.includes(";") ? `${type}; charset=utf-8` : type;
}

/** RFC 6266: a plain name for old clients and the exact one, percent-encoded as RFC 8187 says. */
function fileNameParameters(fileName: string): string {
  const name = safeName(fileName);
  const plain = name.replace(/[^A-Za-z0-9 ._()-]/g, "_");
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return plain === name ? `filename="${plain}"` : `filename="${plain}"; filename*=UTF-8''${exact}`;
}

/** A name without folders, control characters, marks that turn text around, or dots and spaces at its ends. */
function safeName(fileName: string): string {
  const last = fileName.toWellFormed().split(/[\\/]/).at(-1) ?? "";
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/^[. ]+|[. ]+$/g, "");
  return clean === "" ? "download" : clean.slice(-200).toWellFormed();
}
