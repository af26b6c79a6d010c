import type { Json } from "../wire/schema.ts";

/** Shorter texts stand in too many places by chance. */
const minChars = 6;
const shown = "•••";

/** A function that hides these secrets in a text, also where they are written in base64, for a URL or inside JSON. */
export function maskOf(secrets: Json): (text: string) => string {
  const forms = new Set(
    textsOf(secrets)
      .filter((text) => text.length >= minChars)
      .flatMap(formsOf),
  );
  if (forms.size === 0) return (text) => text;
  // The longest first: a secret that begins as another one does is hidden whole.
  const sorted = [...forms].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    sorted.map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join("|"),
    "g",
  );
  return (text) => text.replaceAll(pattern, shown);
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const json = JSON.stringify(text).slice(1, -1);
  const base64 = [bytes.toString("base64"), bytes.toString("base64url")].map((form) =>
    form.replace(/=+$/, ""),
  );
  return [text, json, JSON.stringify(json).slice(1, -1), encodeURIComponent(text), ...base64];
}
