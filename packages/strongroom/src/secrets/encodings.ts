/** How bytes of a secret are written as text: base64, hex, lists; and text that was broken into lines or groups. */
import { rewritten, type Unescaped } from "./escapes.ts";

/** In base64 and base64url, wherever among other bytes it begins. */
export function base64Forms(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
    // Characters that other bytes have a part in are not the secret's.
    const [start, end] = [Math.ceil((before * 8) / 6), Math.floor((shifted.length * 8) / 6)];
    return (["base64", "base64url"] as const).map((way) => shifted.toString(way).slice(start, end));
  });
}

export function hexForms(bytes: Buffer): readonly string[] {
  const hex = bytes.toString("hex");
  return [hex, hex.toUpperCase()];
}

/** One byte after the other, as consoles and fingerprints have them in hex, and lists of JSON in decimals. */
export function byteLists(bytes: Buffer): readonly string[] {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  const numbers = Array.from(bytes, String);
  return [
    pairs.join(" "),
    pairs.join(":"),
    pairs.join(":").toUpperCase(),
    numbers.join(","),
    numbers.join(", "),
  ];
}

/** What is rare, and hidden as a whole only: other alphabets than UTF-8, what was written for a URL before, base64 of base64. */
export function rareForms(text: string): readonly string[] {
  const wide = Buffer.from(text, "utf16le");
  const written = [
    ...new Set([
      encodeURIComponent(text.toWellFormed()),
      new URLSearchParams([["", text]]).toString().slice(1),
    ]),
  ];
  const others = [
    wide,
    Buffer.from(wide).swap16(),
    ...written.filter((one) => one !== text).map((one) => Buffer.from(one)),
  ];
  if (isLatin(text)) others.push(Buffer.from(text, "latin1"));
  return [
    ...others.flatMap((bytes) => [...base64Forms(bytes), ...hexForms(bytes)]),
    ...base64Forms(Buffer.from(text)).flatMap((inner) => base64Forms(Buffer.from(inner))),
  ];
}

/** In capitals and in small letters; as one byte each, and as `escape` has it where letters are beyond ASCII; as UTF-16. */
export function rarePlainForms(text: string): readonly string[] {
  const forms = [text.toUpperCase(), text.toLowerCase(), Array.from(text).join("\0")];
  if (/^[\0-\x7f]*$/.test(text)) return forms;
  const percent = text.replaceAll(
    /[\x80-\xff]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return [...forms, Buffer.from(text).toString("latin1"), percent, percent.toLowerCase()];
}

/** True where letters are beyond ASCII, and all of them stand in Latin-1. */
function isLatin(text: string): boolean {
  return /^[\0-\xff]*[\x80-\xff][\0-\xff]*$/.test(text);
}

/** What may be encoded text in lines, in groups, or as `0x63, 0x6f`. */
const broken =
  /[\n\t ](?:(?<=[\w+/-]{16}\s{1,20})[\w+/-]{4}|(?<=[\da-f]{4}\s{1,20})[\da-f]{4}|(?<=\d,\s{1,200})\d)|0x[\da-f]{2}/i;
const gaps = /,?\s*0x(?=[\da-f]{2})|\s+/gi;

/** Encoded text without what breaks it up; nothing where nothing does. */
export function joined(text: string): string | undefined {
  return broken.test(text) ? text.replaceAll(gaps, "") : undefined;
}

/** The same, with places: only where something was found is it worth their cost. */
export function joinedWithPlaces(text: string): Unescaped {
  return rewritten(text, gaps, () => "");
}
