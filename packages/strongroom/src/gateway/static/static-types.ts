/** The types under which an app's own files are served, by ending. What can run code in a page is not among them. */
const types: Readonly<Record<string, string>> = {
  ".aac": "audio/aac",
  ".arrow": "application/vnd.apache.arrow.file",
  ".avif": "image/avif",
  ".bmp": "image/bmp",
  ".csv": "text/csv",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".flac": "audio/flac",
  ".geojson": "application/geo+json",
  ".gif": "image/gif",
  ".glb": "model/gltf-binary",
  ".gz": "application/gzip",
  ".ico": "image/x-icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".json": "application/json",
  ".m4a": "audio/mp4",
  ".mov": "video/quicktime",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".oga": "audio/ogg",
  ".ogg": "audio/ogg",
  ".ogv": "video/ogg",
  ".opus": "audio/ogg",
  ".otf": "font/otf",
  ".parquet": "application/vnd.apache.parquet",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".wav": "audio/wav",
  ".webm": "video/webm",
  ".webp": "image/webp",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".zip": "application/zip",
};

/** What is not listed is text: pages, scripts and styles, too, so that no browser makes more of them. */
const plain = "text/plain; charset=utf-8";

/** The type of a file by its name. */
export function staticType(name: string): string {
  const ending = /\.[a-z0-9]{1,10}$/.exec(name.toLowerCase())?.[0] ?? "";
  return Object.hasOwn(types, ending) ? (types[ending] ?? plain) : plain;
}
