import type { Accept } from "../../wire/upload.ts";
import { badOption } from "../../worker/errors.ts";

/** Endings that stand for the same thing. */
const pairs: Readonly<Record<string, readonly string[]>> = {
  ".jpg": [".jpeg"],
  ".jpeg": [".jpg"],
  ".mpg": [".mpeg"],
  ".mpeg": [".mpg"],
  ".mp4": [".mpeg4"],
  ".mpeg4": [".mp4"],
  ".tif": [".tiff"],
  ".tiff": [".tif"],
  ".htm": [".html"],
  ".html": [".htm"],
};
const words: ReadonlySet<string> = new Set(["image", "audio", "video", "text"]);
const extensionGrammar = /^\.?[a-z0-9][a-z0-9._+-]{0,38}$/;
const typeGrammar = /^[a-z]+\/(?:\*|[a-z0-9.+-]{1,90})$/;

/** What an author asks for by `type`: endings (`"csv"`, `".csv"`), types (`"image/png"`, `"image/*"`), or words (`"image"`). */
export function acceptOf(type: string | readonly string[] | undefined): Accept {
  const wanted = type === undefined ? [] : typeof type === "string" ? [type] : type;
  const extensions = new Set<string>();
  const types = new Set<string>();
  for (const one of wanted) {
    const name = typeof one === "string" ? one.toLowerCase() : "";
    if (words.has(name)) types.add(`${name}/*`);
    else if (typeGrammar.test(name)) types.add(name);
    else if (extensionGrammar.test(name)) {
      const extension = name.startsWith(".") ? name : `.${name}`;
      for (const fitting of [extension, ...(pairs[extension] ?? [])]) extensions.add(fitting);
    } else {
      throw badOption(
        "fileUploader",
        "type",
        `an ending such as "csv", a type such as "image/png" or "image/*", one of "image", "audio", "video", "text", or a list of these`,
      );
    }
  }
  if (extensions.size > 150 || types.size > 150)
    throw badOption("fileUploader", "type", "a list of at most 100");
  return { extensions: [...extensions], types: [...types] };
}
