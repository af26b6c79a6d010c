import { uploadLimits } from "../../wire/upload.ts";

/** What would show a name otherwise than it is: control characters, ends of lines, and those that turn text round. */
const misleading = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\ufeff]/u;

/**
 * The name of a file as its viewer's browser says it: data, and never a place. A path is refused, but for folders below
 * the one that was chosen, where the widget asks for a folder.
 */
export function readUploadName(header: string | undefined, folders: boolean): string | undefined {
  if (header === undefined || header.length > uploadLimits.nameChars * 12) return undefined;
  const name = decoded(header);
  if (name === undefined || name === "" || name.length > uploadLimits.nameChars) return undefined;
  if (misleading.test(name) || name.includes("\\")) return undefined;
  const parts = name.split("/");
  if (parts.length > 1 && !folders) return undefined;
  return parts.some((part) => part === "" || part === "." || part === "..") ? undefined : name;
}

function decoded(header: string): string | undefined {
  try {
    const name = decodeURIComponent(header);
    return name.isWellFormed() ? name.normalize("NFC") : undefined;
  } catch {
    return undefined; // a percent sign with no byte behind it
  }
}
