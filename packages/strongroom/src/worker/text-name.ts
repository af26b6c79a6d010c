import { hash } from "node:crypto";

/** A short name of a text: that by which the compiler lists it in `texts.json`. */
export function textName(text: string): string {
  return hash("sha256", text, "base64url");
}
