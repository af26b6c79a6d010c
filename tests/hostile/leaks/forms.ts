/** A secret as it might stand in text that was made by somebody else. */
export function forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const after = (text: string): Buffer => Buffer.concat([Buffer.from(text), bytes]);
  const percent = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const lines = (text: string, columns: number): string =>
    text.replaceAll(new RegExp(`.{${columns}}(?=.)`, "g"), "$&\n");
  const wide = Buffer.from(secret, "utf16le");
  const inUrl = Buffer.from(`q=${encodeURIComponent(secret)}`);
  const characters = Array.from(secret);
  return [
    secret,
    JSON.stringify(secret),
    JSON.stringify(JSON.stringify({ secret })),
    ...[bytes, after("x"), after("xy")].flatMap((all) => [all.toString("base64"), all.toString("base64url")]),
    lines(after("x".repeat(40)).toString("base64"), 64),
    lines(after("x".repeat(50)).toString("base64"), 76),
    ...[wide, Buffer.from(wide).swap16(), Buffer.from(secret, "latin1"), inUrl].map((all) =>
      all.toString("base64"),
    ),
    Buffer.from(bytes.toString("base64")).toString("base64"),
    wide.toString("hex"),
    lines(bytes.toString("hex"), 32),
    Array.from(bytes, (byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", "),
    secret.toUpperCase(),
    secret.toLowerCase(),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    encodeURIComponent(secret).toLowerCase() === secret.toLowerCase() ? secret : encodeURIComponent(secret),
    percent,
    percent.toUpperCase(),
    new URLSearchParams({ secret }).toString(),
    secret
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;"),
    characters.map((char) => `&#${char.codePointAt(0)};`).join(""),
    characters.map((char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`).join(""),
  ];
}
