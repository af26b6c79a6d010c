/** Looks for secrets in what a server has sent: written apart from what hides them, so that both cannot err alike. */
import { createHash } from "node:crypto";

/** A secret that is the same in every run. */
export function canary(index: number): string {
  const bytes = createHash("sha256").update(`canary ${index}`).digest();
  const kinds = [
    bytes.toString("base64").slice(0, 32),
    bytes.toString("hex").slice(0, 32),
    `pa"ss<w&rd ${bytes.toString("base64url").slice(0, 16)}'\\é`,
    `sk_test_${bytes.toString("base64url").slice(0, 24)}`,
    `https://user${index}:${bytes.toString("hex").slice(0, 20)}@example.com/hook?x=1`,
    String(bytes.readUInt32BE(0) + 10_000_000_000),
    marked(bytes.toString("hex")),
  ];
  return kinds[index % kinds.length] ?? "";
}

/** With what Markdown reads as marks: whoever shows it as such cuts it up. */
function marked(text: string): string {
  return `${text.slice(0, 4)}*${text.slice(4, 8)}_9!x*\`${text.slice(8, 12)}\`_x_:smile:$x$<b>[a](b)${text.slice(12, 16)}`;
}

/** Letters and digits alone, as they stand one after the other on a page. */
function unmarked(text: string): string {
  return text
    .replaceAll(/\{"t":"math","tex":"([^"]*)","tree":"(?:[^"\\]|\\.)*"\}/g, "$1")
    .replaceAll(/\{"t":"[a-z]+"(?:,"(?:href|color)":"[^"]*")?,"(?:c|text)":/g, "")
    .replaceAll(/:smile:|\(b\)|[^a-z0-9]/gi, "");
}

const escapes: readonly [RegExp, (written: string) => string][] = [
  [/(?:%[0-9a-f]{2})+/gi, (run) => textOf(Buffer.from(run.replaceAll("%", ""), "hex"))],
  [/\\u[0-9a-f]{4}/gi, (written) => String.fromCharCode(Number.parseInt(written.slice(2), 16))],
  [/\\["\\/']/g, (written) => written.slice(1)],
  [/&#\d+;/g, (written) => String.fromCodePoint(Number(written.slice(2, -1)))],
  [/&#x[0-9a-f]+;/gi, (written) => String.fromCodePoint(Number.parseInt(written.slice(3, -1), 16))],
  [/&(?:amp|lt|gt|quot);/g, (written) => ({ "&amp;": "&", "&lt;": "<", "&gt;": ">" })[written] ?? '"'],
];

/** In UTF-8, or one character a byte where it is none. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString();
  return text.includes("\ufffd") ? bytes.toString("latin1") : text;
}

/** One layer of escapes less. */
function plainer(text: string): string {
  return escapes.reduce(
    (so, [pattern, meaning]) => so.replaceAll(pattern, (written) => meaning(written)),
    text,
  );
}

/** The text, and what it says below one, two and three layers of escapes, in base64 and hex, and in base64 of these. */
function readings(text: string): readonly string[] {
  const all = [text];
  for (let depth = 0; depth < 3; depth++) all.push(plainer(all.at(-1) ?? ""));
  const joined = all.map((one) => one.replaceAll(/,?\s*0x(?=[0-9a-f]{2})|\s+/gi, ""));
  const once = [...new Set([...all, ...joined])].flatMap(decoded);
  return [
    ...all,
    ...all.map((one) => one.replaceAll("+", " ")),
    ...[...once, ...once.flatMap(decoded), ...once.map(plainer)].map((one) => one.replaceAll("\0", "")),
  ];
}

/** What runs of letters say as base64, from each of four beginnings, and as hex. */
function decoded(text: string): readonly string[] {
  const runs = (pattern: RegExp): readonly string[] => text.match(pattern) ?? [];
  return [
    ...[0, 1, 2, 3].map((skip) =>
      runs(/[A-Za-z0-9+/_-]{12,}/g)
        .map((run) => Buffer.from(run.slice(skip), "base64").toString("latin1"))
        .join("\n"),
    ),
    ...[0, 1].map((skip) =>
      runs(/[0-9a-f]{16,}/gi)
        .map((run) =>
          Buffer.from(run.slice(skip, run.length - ((run.length - skip) % 2)), "hex").toString("latin1"),
        )
        .join("\n"),
    ),
  ];
}

/** The secrets that stand in a text, whole or by a piece of that many characters, with the piece. */
export function leaksIn(text: string, secrets: readonly string[], pieceChars = 12): readonly string[] {
  const found: string[] = [];
  const all = readings(text);
  const shown = unmarked(text);
  const small = all.map((reading) => reading.toLowerCase());
  for (const secret of secrets) {
    const isWord = !/^[\w+/=-]+$/.test(secret) || /^\d+$/.test(secret);
    const latin = Buffer.from(secret).toString("latin1");
    const wanted = isWord ? [secret, latin] : pieces(secret, pieceChars);
    const piece =
      secret.includes(":smile:") && shown.includes(unmarked(secret))
        ? unmarked(secret)
        : (wanted.find((one) => all.some((reading) => reading.includes(one))) ??
          [secret.toLowerCase()].find((one) => small.some((reading) => reading.includes(one))));
    if (piece !== undefined) found.push(`${secret} by ${piece}`);
  }
  return found;
}

function pieces(secret: string, chars: number): readonly string[] {
  return Array.from({ length: Math.max(1, secret.length - chars + 1) }, (_, at) =>
    secret.slice(at, at + chars),
  );
}
